import { describe, expect, it } from 'vitest';
import { UsageError } from './arguments.js';
import { readBenchArguments } from './bench-command.js';

describe('patchbay bench', () => {
  it.each([
    [[], {}, { json: false, plan: 'usual', only: undefined, python: undefined }],
    [['--json', '--quick'], {}, { json: true, plan: 'quick', only: undefined, python: undefined }],
    [['--full', '--only', 'step'], {}, { json: false, plan: 'full', only: 'step', python: undefined }],
    [['--python', 'python3.11'], { PATCHBAY_BENCH_PYTHON: 'python3' }, { json: false, plan: 'usual', only: undefined, python: 'python3.11' }],
    [[], { PATCHBAY_BENCH_PYTHON: 'python3' }, { json: false, plan: 'usual', only: undefined, python: 'python3' }],
    [[], { PATCHBAY_BENCH_PYTHON: '' }, { json: false, plan: 'usual', only: undefined, python: undefined }],
  ] as const)('%j with %j', (args, environment, expected) => expect(readBenchArguments(args, environment)).toEqual(expected));

  it.each([
    [['fast'], /bench takes no fast: patchbay bench/],
    [['--quick', '--full'], /two lengths; choose one/],
    [['--fast'], /unknown option --fast; there are --only, --python, --json, --quick, --full/],
    [['--quick', '--only', 'conv'], /--only conv: there are step-8-16-3, layer-1024-0.1, second-train/],
    [['--python'], /--python needs a value/],
  ])('refuses %j', (args, message) => {
    expect(() => readBenchArguments(args, {})).toThrow(UsageError);
    expect(() => readBenchArguments(args, {})).toThrow(message);
  });
});
