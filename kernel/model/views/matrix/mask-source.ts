/** A mask in memory, with weights for a kernel, as the source of a drawn matrix. */
import { inDegree, outDegree, type MaskData } from '../../mask-data.js';
import { positionOf } from '../matrix-cells.js';
import { highest } from '../tile-counts.js';
import { countWindow, wholeGrid } from './count-window.js';
import { lowerBound } from '../lower-bound.js';
import type { Cell, CellSource, CountedWindow, Direction, TileWindow } from './cell-source.js';
import type { Finest, Place } from './camera.js';

export class MaskSource implements CellSource {
  readonly finest: Finest = { down: 1, across: 1 };
  readonly #mask: MaskData;
  readonly #values: Float32Array | undefined;
  readonly #most = new Map<string, number>();
  #inDegree: Uint32Array | undefined;
  #outDegree: Uint32Array | undefined;

  /** @param values live weights in CSR order */
  constructor(mask: MaskData, values?: Float32Array) {
    this.#mask = mask;
    this.#values = values;
  }

  get inputs(): number {
    return this.#mask.inputs;
  }

  get outputs(): number {
    return this.#mask.outputs;
  }

  get nnz(): number {
    return this.#mask.indices.length;
  }

  get inDegree(): Uint32Array {
    return (this.#inDegree ??= inDegree(this.#mask));
  }

  get outDegree(): Uint32Array {
    return (this.#outDegree ??= outDegree(this.#mask));
  }

  cell({ row, column }: Place): Cell {
    const at = positionOf(this.#mask, row, column);
    if (at < 0) return { kind: 'absent' };
    const weight = this.#values?.[at];
    return weight === undefined ? { kind: 'connected' } : { kind: 'connected', weight };
  }

  outputsOf(row: number): Uint32Array {
    return this.#mask.indices.subarray(this.#mask.indptr[row] ?? 0, this.#mask.indptr[row + 1] ?? 0);
  }

  count(window: TileWindow): CountedWindow {
    return countWindow(this.#mask, window, this.#values);
  }

  most(down: number, across: number): number {
    if (down === 1 && across === 1) return Math.min(1, this.nnz);
    const key = `${down}×${across}`;
    const known = this.#most.get(key) ?? highest(countWindow(this.#mask, wholeGrid(this, down, across)).counts);
    this.#most.set(key, known);
    return known;
  }

  next({ row, column }: Place, direction: Direction): Place | undefined {
    if (direction === 'left' || direction === 'right') return this.#nextInRow(row, column, direction);
    const step = direction === 'down' ? 1 : -1;
    for (let i = row + step; i >= 0 && i < this.inputs; i += step) if (positionOf(this.#mask, i, column) >= 0) return { row: i, column };
    return undefined;
  }

  #nextInRow(row: number, column: number, direction: 'left' | 'right'): Place | undefined {
    const outputs = this.outputsOf(row);
    const after = lowerBound(outputs, direction === 'right' ? column + 1 : column);
    const next = direction === 'right' ? outputs[after] : outputs[after - 1];
    return next === undefined ? undefined : { row, column: next };
  }
}
