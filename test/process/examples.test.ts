/** Every example through `patchbay run`, as a reader would: exit code 0, and the numbers that its text speaks of. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = path.resolve('dist/cli.js');
const EXAMPLES = path.resolve('examples');
/** Under 20 s on a free machine; a busy one is not a failure. */
const LIMIT_MS = 300_000;

interface Output {
  readonly output_type: string;
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}
interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly metadata: { readonly tags?: readonly string[] };
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

const cellsOf = (file: string): readonly Cell[] => (JSON.parse(fs.readFileSync(file, 'utf8')) as { cells: readonly Cell[] }).cells;
const isExpectedToFail = ({ metadata }: Cell): boolean => metadata.tags?.includes('raises-exception') ?? false;

/** All that a notebook says: its streams, and the text of its results and pictures. */
const spoken = (cells: readonly Cell[]): string =>
  cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(({ text, data }) => [text ?? [], data?.['text/plain'] ?? []].flat().map(String))
    .join('');

/** The numbers that a pattern finds, one a group. */
function numbers(text: string, pattern: RegExp): number[] {
  const found = pattern.exec(text);
  expect(found, `${pattern} in:\n${text}`).not.toBeNull();
  return (found ?? []).slice(1).map(Number);
}

const VIEWS = ['mask', 'kernel', 'loss', 'network', 'degrees', 'boundary'] as const;

interface Expectation {
  /** How many pictures of each kind there are. */
  readonly views: Readonly<Partial<Record<(typeof VIEWS)[number], number>>>;
  readonly check: (text: string) => void;
}

const EXPECTED: Readonly<Record<string, Expectation>> = {
  'gallery.ipynb': {
    views: { mask: 2, degrees: 2, boundary: 1, loss: 2, network: 2, kernel: 2 },
    check: (text) => {
      expect(text).toContain('10,000 inputs × 10,000 outputs: 100,000 of 100,000,000 connected (0.1 %)');
      expect(text).toContain('60 inputs × 40 outputs, 120 of 2,400 connected (5.0 %). Inputs per output: 3 each.');
      expect(numbers(text, /(\d+) of 160 points are on the right side/)[0]).toBeGreaterThanOrEqual(156);
      expect(text).toContain('inputs (2 units) → hidden (6) → second (3) → answer (1), 20 connections');
      expect(text).toMatch(/Kernel of layer C3, .*1,500 of 2,400 connected|Kernel of layer C3, .*60 of 96/);
      expect(numbers(text, /Training loss fell from [\d.]+ to ([\d.e−]+) over 120 epochs/)[0]).toBeLessThan(0.1);
      expect(text).toContain('connections 20 and 33');
    },
  },
  'first-mask.ipynb': {
    views: { mask: 1, kernel: 1, loss: 1 },
    check: (text) => {
      expect(text).toContain('{ once: [ [ 5, 6 ] ], twice: [ [ 5, 6 ] ], parameters: 6 }');
      expect(text).toContain('11 parameters: 4 + 5 connections and 2 biases');
    },
  },
  'receptive-fields.ipynb': {
    views: { mask: 1, kernel: 2, loss: 1 },
    check: (text) => {
      expect(text).toContain('live weights of the first layer: 324 and 320');
      const [local, dense] = numbers(text, /receptive fields {2}([\d.]+) %\s+dense +([\d.]+) %/);
      expect(local).toBeGreaterThan(95);
      expect(local).toBeGreaterThan(dense ?? NaN);
    },
  },
  'mask-algebra.ipynb': {
    views: { mask: 4 },
    check: (text) => {
      expect(text).toContain('48 connections in three layers reach what 64 reach in one');
      expect(text).toContain('random 30');
      expect(text).toContain('1000000×1000000 mask: 2 of 1000000000000 connected');
      expect(text).toContain('[ [ 101, 110, 1001 ] ]');
    },
  },
  'draw-a-mask.ipynb': {
    views: { mask: 1, kernel: 1, loss: 1 },
    check: (text) => {
      expect(text).toContain('4×6 mask: 12 of 24 connected (50.0 %)\nXX..X.\nXX...X\n..XXX.\n..XX.X');
      expect(text).toContain('333 penguins');
      const [drawn] = numbers(text, /12 connections: ([\d.]+) %/);
      const [blind] = numbers(text, /without the bill: ([\d.]+) %/);
      expect(drawn).toBeGreaterThan(97);
      expect(blind).toBeLessThan(85);
      expect(text).toContain('inputs that reach nothing: bill length, bill depth');
    },
  },
  'xor.ipynb': {
    views: { mask: 2, kernel: 1, loss: 2 },
    check: (text) => {
      const tables = text.matchAll(/│ [01] │ [01] │ ([01]) +│ (\d\.\d+) │/g);
      const errors = Array.from(tables, ([, wanted, net]) => Math.abs(Number(wanted) - Number(net)));
      // 2-2-1, 2-1-1 without shortcuts (it must fail), 2-1-1 with them: four lines each.
      expect(errors).toHaveLength(12);
      expect(Math.max(...errors.slice(0, 4), ...errors.slice(8))).toBeLessThan(0.05);
      expect(Math.max(...errors.slice(4, 8))).toBeGreaterThan(0.4);
      const [textbook, shortcuts] = numbers(text, /2-2-1 +(\d+) of 200 starts[^]*?2-1-1 with shortcuts +(\d+) of 200/);
      expect(shortcuts).toBeGreaterThanOrEqual(198);
      expect(textbook).toBeLessThan(150);
    },
  },
  'lenet5-c3.ipynb': {
    views: { mask: 1, kernel: 1, loss: 1 },
    check: (text) => {
      expect(text).toContain('60 of 96 map pairs, 1516 parameters, 151600 connections');
      expect(text).toMatch(/C3 +1,176 +1,600 +150,000 +62\.5 % +1,516 +2,416/);
      expect(numbers(text, /([\d.]+) % of the 400 others/)[0]).toBeGreaterThan(90);
    },
  },
  'pruning-and-rewiring.ipynb': {
    views: { kernel: 1, loss: 1 },
    check: (text) => {
      const rows = Array.from(text.matchAll(/│ (\w+) +│ (\d+) +│ '([\d.]+) %'/g), ([, name, connections, accuracy]) => [name, { connections: Number(connections), accuracy: Number(accuracy) }] as const);
      const of = Object.fromEntries(rows);
      expect(Object.keys(of)).toEqual(['static', 'SET', 'RigL', 'pruned', 'dense']);
      for (const name of ['static', 'SET', 'RigL', 'pruned']) expect(of[name]?.connections, name).toBe(569);
      expect(of['dense']?.connections).toBe(9472);
      for (const name of ['RigL', 'pruned']) expect(of[name]?.accuracy, name).toBeGreaterThan((of['static']?.accuracy ?? NaN) + 5);
      expect(text).toContain('pruned   0, 0, 0 connections from the 3 pixels');
    },
  },
  'made.ipynb': {
    views: { mask: 2, kernel: 1, loss: 1 },
    check: (text) => {
      expect(text).toContain('6240 of 6240 zeros are 0');
      const [pixels, made] = numbers(text, /pixels one by one +([\d.]+) nats a picture\s+MADE +([\d.]+) nats/);
      expect(made).toBeLessThan(21);
      expect(pixels).toBeGreaterThan(24);
      expect(numbers(text, /the 256 probabilities sum to ([\d.]+)/)[0]).toBeCloseTo(1, 5);
    },
  },
  'import-keras.ipynb': {
    views: { kernel: 2, loss: 1 },
    check: (text) => {
      expect(numbers(text, /3 masks and all weights are equal; 48 outputs differ by ([\d.e+-]+) at most/)[0]).toBeLessThan(1e-6);
      expect(numbers(text, /test accuracy: \d+ % before, (\d+) % after/)[0]).toBeGreaterThanOrEqual(96);
      expect(text).toMatch(/penguins-dense\.keras +119 parameters, 0 masked layers[^]*penguins\.h5 +71 parameters, 3 masked layers/);
      expect(text).toContain("'custom_connected.py'");
    },
  },
  'optimizer-traps.ipynb': {
    views: { kernel: 3 },
    check: (text) => {
      expect(text).toContain('12 of 24 entries are NaN: all 12 without a connection');
      expect(text.match(/largest entry without a connection 0$/gm)).toHaveLength(6);
      expect(text).toContain("{ 'tf.train.rmsprop': 1, 'optimizers.rmsprop': 0 }");
      expect(text).toContain('tf.regularizers [ -1, -1, 1 ]   ours [ -1, 0, 1 ]');
      expect(text).toContain('after 100 steps 12 of 12 are still off 0');
      expect(text).toContain('{ l1: 0, l2: 0.001 }');
    },
  },
};

const examples = fs.readdirSync(EXAMPLES).filter((name) => name.endsWith('.ipynb'));
let folder = '';
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-examples-')));
  fs.cpSync(EXAMPLES, folder, { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(name: string, out: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [CLI, 'run', path.join(folder, name), '-o', out], { cwd: os.tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

describe('examples', () => {
  it('are those that are checked here', () => {
    expect(examples.toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it.each(examples)('%s is kept without outputs, links to what is there and gives credit for its data', (name) => {
    const cells = cellsOf(path.join(EXAMPLES, name));
    for (const cell of cells.filter(({ cell_type }) => cell_type === 'code')) expect(cell).toMatchObject({ outputs: [], execution_count: null });
    const text = cells.flatMap(({ source }) => source).join('');
    for (const [, target] of text.matchAll(/\]\(([^):]+)\)/g)) expect(fs.existsSync(path.join(EXAMPLES, target ?? '')), target).toBe(true);
    const credits = fs.readFileSync(path.join(EXAMPLES, 'data', 'README.md'), 'utf8');
    for (const [, file] of text.matchAll(/'data\/([^']+)'/g)) {
      expect(fs.existsSync(path.join(EXAMPLES, 'data', file ?? '')), file).toBe(true);
      expect(credits).toContain(`\`${file}\``);
    }
  });

  it('lead from one to the next, and back to the first', () => {
    const next = (name: string): string | undefined => cellsOf(path.join(EXAMPLES, name)).flatMap(({ source }) => source).join('').match(/\]\(([\w-]+\.ipynb)\)[^[]*$/)?.[1];
    const visited: string[] = [];
    for (let name: string | undefined = 'first-mask.ipynb'; name !== undefined && !visited.includes(name); name = next(name)) visited.push(name);
    expect(visited.toSorted()).toEqual(examples.toSorted());
  });

  it.each(Object.entries(EXPECTED))('%s runs, and says what it promises', async (name, { views, check }) => {
    const out = path.join(folder, `${name}.out`);
    const { code, stderr } = await run(name, out);
    expect(code, stderr).toBe(0);
    const cells = cellsOf(out);
    for (const cell of cells) expect((cell.outputs ?? []).some(({ output_type }) => output_type === 'error'), cell.source.join('')).toBe(isExpectedToFail(cell));
    check(spoken(cells));
    const bundles = cells.flatMap(({ outputs = [] }) => outputs).flatMap(({ data }) => (data === undefined ? [] : [data]));
    for (const view of VIEWS) {
      const ofKind = bundles.filter((data) => `application/vnd.patchbay.${view}+json` in data);
      expect(ofKind, `${view} views`).toHaveLength(views[view] ?? 0);
      for (const data of ofKind) expect(Buffer.from(String(data['image/png']), 'base64').subarray(1, 4).toString(), `${view}: image/png`).toBe('PNG');
    }
  }, LIMIT_MS);
});
