/** The gestures that edit a mask, and what each of them changes. */
import { BitMatrix, setColumns } from './bit-matrix.js';
import { difference, FlipBuilder, type Delta } from './delta.js';
import { cook, type Recipe } from './recipes.js';

/** A part of a mask: rows from `top` to `bottom` and columns from `left` to `right`, all included. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export type Operation =
  /** One stroke, or one click: cells `rows[k]`, `columns[k]`, in any order, all to one value. */
  | { readonly kind: 'paint'; readonly on: boolean; readonly rows: Uint32Array; readonly columns: Uint32Array }
  | { readonly kind: 'rectangle'; readonly on: boolean; readonly area: Area }
  /** A whole row or column: to empty when it is full, else to full. */
  | { readonly kind: 'line'; readonly axis: 'row' | 'column'; readonly index: number }
  /** Fills an area, or all, with what a generator makes of that shape. */
  | { readonly kind: 'fill'; readonly recipe: Recipe; readonly area?: Area }
  | { readonly kind: 'invert'; readonly area?: Area }
  | { readonly kind: 'transpose' }
  | { readonly kind: 'clear'; readonly area?: Area };

/** What the operation changes; undefined when that is nothing. The matrix stays as it is. */
export function deltaOf(matrix: BitMatrix, operation: Operation): Delta | undefined {
  switch (operation.kind) {
    case 'paint':
      return painted(matrix, operation);
    case 'rectangle':
      return inArea(matrix, operation.area, (row, { left, right }) => setColumns(row, left, right + 1, operation.on));
    case 'line':
      return line(matrix, operation.axis, operation.index);
    case 'fill':
      return filled(matrix, operation.recipe, operation.area ?? everything(matrix));
    case 'invert':
      return operation.area === undefined ? { kind: 'invert' } : inArea(matrix, operation.area, flipColumns);
    case 'transpose': {
      const isSymmetric = matrix.inputs === matrix.outputs && matrix.equals(matrix.transposed());
      return isSymmetric ? undefined : { kind: 'transpose' };
    }
    case 'clear':
      return inArea(matrix, operation.area ?? everything(matrix), (row, { left, right }) => setColumns(row, left, right + 1, false));
  }
}

export const everything = ({ inputs, outputs }: BitMatrix): Area => ({ top: 0, left: 0, bottom: inputs - 1, right: outputs - 1 });

export const isEverything = (matrix: BitMatrix, { top, left, bottom, right }: Area): boolean => top === 0 && left === 0 && bottom === matrix.inputs - 1 && right === matrix.outputs - 1;

function painted(matrix: BitMatrix, { on, rows, columns }: Extract<Operation, { kind: 'paint' }>): Delta | undefined {
  const byRow = new Map<number, number[]>();
  rows.forEach((i, k) => {
    const cells = byRow.get(i);
    if (cells === undefined) byRow.set(i, [columns[k] ?? 0]);
    else cells.push(columns[k] ?? 0);
  });
  const builder = new FlipBuilder(matrix);
  for (const [i, cells] of [...byRow].sort(([a], [b]) => a - b)) {
    builder.row(i, (row) => cells.forEach((j) => setColumns(row, j, j + 1, on)));
  }
  return builder.flips;
}

function line(matrix: BitMatrix, axis: 'row' | 'column', index: number): Delta | undefined {
  const { inputs, outputs } = matrix;
  const area = axis === 'row' ? { top: index, bottom: index, left: 0, right: outputs - 1 } : { top: 0, bottom: inputs - 1, left: index, right: index };
  const isFull = axis === 'row' ? matrix.rowCount(index) === outputs : Array.from({ length: inputs }, (_, i) => i).every((i) => matrix.has(i, index));
  return inArea(matrix, area, (row, { left, right }) => setColumns(row, left, right + 1, !isFull));
}

function filled(matrix: BitMatrix, recipe: Recipe, area: Area): Delta | undefined {
  const [n, m] = [area.bottom - area.top + 1, area.right - area.left + 1];
  const made = cook(recipe, n, m);
  if (isEverything(matrix, area)) return difference(matrix, BitMatrix.ofMask(made));
  return inArea(matrix, area, (row, { left, right }, i) => {
    setColumns(row, left, right + 1, false);
    const k = i - area.top;
    for (const j of made.indices.subarray(made.indptr[k], made.indptr[k + 1])) setColumns(row, left + j, left + j + 1, true);
  });
}

function flipColumns(row: Uint32Array, { left, right }: Area): void {
  const inside = new Uint32Array(row.length);
  setColumns(inside, left, right + 1, true);
  inside.forEach((bits, k) => (row[k] = (row[k] ?? 0) ^ bits));
}

function inArea(matrix: BitMatrix, area: Area, write: (row: Uint32Array, area: Area, i: number) => void): Delta | undefined {
  const builder = new FlipBuilder(matrix);
  for (let i = area.top; i <= area.bottom; i++) builder.row(i, (row) => write(row, area, i));
  return builder.flips;
}

/** Why the operation is none of this matrix: a message from a page may be out of date, or not ours. */
export function isOutside({ inputs, outputs }: BitMatrix, operation: Operation): boolean {
  const index = (value: number, below: number): boolean => Number.isInteger(value) && value >= 0 && value < below;
  const inside = ({ top, left, bottom, right }: Area): boolean => index(top, inputs) && index(bottom, inputs) && index(left, outputs) && index(right, outputs) && top <= bottom && left <= right;
  switch (operation.kind) {
    case 'paint':
      return operation.rows.length !== operation.columns.length || operation.rows.some((i) => i >= inputs) || operation.columns.some((j) => j >= outputs);
    case 'rectangle':
      return !inside(operation.area);
    case 'line':
      return !index(operation.index, operation.axis === 'row' ? inputs : outputs);
    case 'fill':
    case 'invert':
    case 'clear':
      return operation.area !== undefined && !inside(operation.area);
    case 'transpose':
      return false;
  }
}
