import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from './arguments.js';

const spec = { values: { '--out': '-o', '--timeout': undefined }, flags: ['--allow-errors'] };

describe('command line', () => {
  it('reads positionals, values in three spellings, and flags', () => {
    const { positional, values, flags } = parseArguments(['a.ipynb', '-o', 'b.ipynb', '--timeout=3', '--allow-errors', '--out', 'c'], spec);
    expect(positional).toEqual(['a.ipynb']);
    expect(values).toEqual({ '--out': ['b.ipynb', 'c'], '--timeout': ['3'] });
    expect([...flags]).toEqual(['--allow-errors']);
  });

  it.each([
    [['--speed'], /unknown option --speed; there are --out, --timeout, --allow-errors/],
    [['--allow-errors=yes'], /unknown option --allow-errors=yes/],
    [['-o'], /-o needs a value/],
  ])('refuses %j', (args, message) => {
    expect(() => parseArguments(args, spec)).toThrow(UsageError);
    expect(() => parseArguments(args, spec)).toThrow(message);
  });
});
