/** Generated histories of a mask against plain arrays that know nothing of bits, deltas or riders. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBackup, encodeBackup } from './backup.js';
import { BitMatrix } from './bit-matrix.js';
import { Counts, isolated } from './counts.js';
import { apply, type Delta } from './delta.js';
import { cook } from './recipes.js';
import type { Operation } from './operations.js';
import { Timeline, type Edit } from './timeline.js';

type Rows = readonly (readonly boolean[])[];

const rowsOf = (matrix: BitMatrix): Rows => Array.from({ length: matrix.inputs }, (_, i) => Array.from({ length: matrix.outputs }, (_, j) => matrix.has(i, j)));
const matrixOf = (rows: Rows): BitMatrix => {
  const matrix = new BitMatrix(rows.length, rows[0]?.length ?? 0);
  rows.forEach((row, i) => row.forEach((on, j) => on && (matrix.words[i * matrix.stride + (j >> 5)]! |= 1 << (j & 31))));
  return matrix;
};
const map = (rows: Rows, at: (on: boolean, i: number, j: number) => boolean): Rows => rows.map((row, i) => row.map((on, j) => at(on, i, j)));

/** What an operation does, cell by cell. */
function expected(rows: Rows, operation: Operation): Rows {
  const [n, m] = [rows.length, rows[0]!.length];
  const area = ('area' in operation ? operation.area : undefined) ?? { top: 0, left: 0, bottom: n - 1, right: m - 1 };
  const inside = (i: number, j: number): boolean => i >= area.top && i <= area.bottom && j >= area.left && j <= area.right;
  switch (operation.kind) {
    case 'paint': {
      const cells = new Set([...operation.rows].map((i, k) => `${i},${operation.columns[k]}`));
      return map(rows, (on, i, j) => (cells.has(`${i},${j}`) ? operation.on : on));
    }
    case 'rectangle':
      return map(rows, (on, i, j) => (inside(i, j) ? operation.on : on));
    case 'line': {
      const on = (i: number, j: number): boolean => (operation.axis === 'row' ? i : j) === operation.index;
      const isFull = rows.every((row, i) => row.every((value, j) => value || !on(i, j)));
      return map(rows, (value, i, j) => (on(i, j) ? !isFull : value));
    }
    case 'fill': {
      const made = rowsOf(BitMatrix.ofMask(cook(operation.recipe, area.bottom - area.top + 1, area.right - area.left + 1)));
      return map(rows, (on, i, j) => (inside(i, j) ? made[i - area.top]![j - area.left]! : on));
    }
    case 'invert':
      return map(rows, (on, i, j) => on !== inside(i, j));
    case 'clear':
      return map(rows, (on, i, j) => on && !inside(i, j));
    case 'transpose':
      return Array.from({ length: m }, (_, j) => rows.map((row) => row[j]!));
  }
}

/** VS Code's side of it, with whole arrays: the content after each step, and the disk. */
class Model {
  /** Content at each position, and whether the disk held just this. */
  states: Rows[];
  position = 0;
  saved: number | undefined = 0;
  disk: Rows;

  constructor(rows: Rows) {
    this.states = [rows];
    this.disk = rows;
  }

  get now(): Rows {
    return this.states[this.position]!;
  }

  push(rows: Rows): void {
    this.states = [...this.states.slice(0, this.position + 1), rows];
    if (this.saved !== undefined && this.saved > this.position) this.saved = undefined;
    this.position++;
  }
}

interface Real {
  timeline: Timeline;
  edits: Edit[];
  /** What a page shows, which knows deltas only. */
  page: BitMatrix;
  counts: Counts;
}

function show(real: Real, deltas: readonly Delta[]): void {
  for (const delta of deltas) {
    real.page = apply(real.page, delta);
    real.counts.update(real.page, delta);
  }
}

const isSame = (a: Rows, b: Rows): boolean => JSON.stringify(a) === JSON.stringify(b);

function check(model: Model, { timeline, page, counts }: Real): void {
  expect(rowsOf(timeline.matrix)).toEqual(model.now);
  expect(page.equals(timeline.matrix)).toBe(true);
  expect(timeline.isDirty).toBe(model.position !== model.saved);
  if (!timeline.isDirty) expect(model.now).toEqual(model.disk);
  expect([...counts.rows]).toEqual(model.now.map((row) => row.filter(Boolean).length));
  expect([...counts.columns]).toEqual(model.now[0]!.map((_, j) => model.now.filter((row) => row[j]).length));
  expect(counts.connections).toBe(model.now.flat().filter(Boolean).length);
  expect(isolated(counts.rows)).toBe(model.now.filter((row) => !row.includes(true)).length);
}

const below = (random: () => number, limit: number): number => Math.floor(random() * limit);

function operationFor(rows: Rows, random: () => number): Operation {
  const [n, m] = [rows.length, rows[0]!.length];
  const range = (size: number): [number, number] => [below(random, size), below(random, size)].sort((a, b) => a - b) as [number, number];
  const [top, bottom] = range(n);
  const [left, right] = range(m);
  const area = { top, left, bottom, right };
  const some = random() < 0.5 ? {} : { area };
  const [height, width] = 'area' in some ? [bottom - top + 1, right - left + 1] : [n, m];
  const seed = below(random, 5);
  const operations: Operation[] = [
    { kind: 'paint', on: random() < 0.5, rows: Uint32Array.from({ length: 1 + below(random, 6) }, () => 0), columns: new Uint32Array(0) },
    { kind: 'rectangle', on: random() < 0.5, area },
    { kind: 'line', axis: 'row', index: below(random, n) },
    { kind: 'line', axis: 'column', index: below(random, m) },
    { kind: 'fill', recipe: { generator: 'banded', width: 1 + below(random, 4) }, ...some },
    { kind: 'fill', recipe: { generator: 'block', blocks: 1 + below(random, Math.min(height, width)) }, ...some },
    { kind: 'fill', recipe: { generator: 'random', density: random(), seed }, ...some },
    { kind: 'fill', recipe: { generator: 'fixedFanOut', fanOut: below(random, width + 1), seed }, ...some },
    { kind: 'fill', recipe: { generator: 'fixedFanIn', fanIn: below(random, height + 1), seed }, ...some },
    { kind: 'invert', ...some },
    { kind: 'clear', ...some },
    { kind: 'transpose' },
  ];
  const chosen = operations[below(random, operations.length)]!;
  if (chosen.kind !== 'paint') return chosen;
  return { ...chosen, rows: chosen.rows.map(() => below(random, n)), columns: Uint32Array.from(chosen.rows, () => below(random, m)) };
}

const randomRows = (n: number, m: number, random: () => number): Rows => Array.from({ length: n }, () => Array.from({ length: m }, () => random() < 0.4));

const STEPS: Readonly<Record<string, (model: Model, real: Real, random: () => number) => void>> = {
  edit(model, real, random) {
    const operation = operationFor(model.now, random);
    const after = expected(model.now, operation);
    const edit = real.timeline.edit(operation);
    expect(edit === undefined).toBe(isSame(after, model.now));
    if (edit === undefined) return;
    real.edits.splice(model.position, Infinity, edit);
    model.push(after);
    show(real, [edit.delta]);
  },
  undo(model, real) {
    const edit = real.edits[model.position - 1];
    if (edit === undefined) return;
    show(real, real.timeline.undo(edit));
    model.position--;
  },
  redo(model, real) {
    const edit = real.edits[model.position];
    if (edit === undefined) return;
    show(real, real.timeline.redo(edit));
    model.position++;
  },
  save(model, real) {
    real.timeline.markSaved();
    model.saved = model.position;
    model.disk = model.now;
  },
  revert(model, real) {
    show(real, real.timeline.revert(matrixOf(model.disk)));
    model.position = model.saved ?? model.position;
    model.saved = model.position;
    model.states = [...model.states.slice(0, model.position), model.disk];
    real.edits.length = model.position;
  },
  /** Another program writes the file while there is nothing unsaved, perhaps in another shape. */
  outside(model, real, random) {
    if (real.timeline.isDirty) return;
    const same = random() < 0.7;
    model.disk = same ? randomRows(model.now.length, model.now[0]!.length, random) : randomRows(1 + below(random, 6), 1 + below(random, 40), random);
    show(real, real.timeline.follow(matrixOf(model.disk)));
    model.states = [...model.states.slice(0, model.position), model.disk];
    real.edits.length = model.position;
  },
  /** The window closes and opens again: the content is there, the history is not. */
  backup(model, real) {
    const { matrix } = decodeBackup(encodeBackup({ matrix: real.timeline.matrix, recipes: [], base: 'abc' }));
    real.timeline = new Timeline(matrix, false);
    real.page = matrix.clone();
    real.counts = new Counts(matrix);
    real.edits = [];
    model.states = [model.now];
    model.position = 0;
    model.saved = undefined;
  },
};

const WEIGHTED = ['edit', 'edit', 'edit', 'edit', 'edit', 'undo', 'undo', 'undo', 'redo', 'redo', 'save', 'save', 'revert', 'outside', 'backup'];

it('10,000 histories of edits, undo, redo, save, revert, changes outside and backups', () => {
  const sequences = fc.record({
    n: fc.integer({ min: 1, max: 6 }),
    m: fc.integer({ min: 1, max: 70 }),
    seed: fc.integer(),
    steps: fc.array(fc.constantFrom(...WEIGHTED), { minLength: 1, maxLength: 14 }),
  });
  fc.assert(
    fc.property(sequences, ({ n, m, seed, steps }) => {
      let state = seed | 0;
      // mulberry32: the steps' own choices follow from the seed, so a failure shrinks and repeats.
      const random = (): number => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
      };
      const rows = randomRows(n, m, random);
      const model = new Model(rows);
      const matrix = matrixOf(rows);
      const real: Real = { timeline: new Timeline(matrix, true), edits: [], page: matrix.clone(), counts: new Counts(matrix) };
      for (const step of steps) {
        STEPS[step]!(model, real, random);
        check(model, real);
      }
    }),
    { numRuns: 10_000 },
  );
}, 120_000);
