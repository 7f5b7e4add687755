import type { Place } from '../../../kernel/model/views/matrix/camera.js';
import type { Cell, CellSource, CountedWindow, Direction, TileWindow } from '../../../kernel/model/views/matrix/cell-source.js';
import { wholeGrid } from '../../../kernel/model/views/matrix/count-window.js';
import { highest } from '../../../kernel/model/views/tile-counts.js';
import { bitCount, forEachBit, lowBits, type BitMatrix } from './bit-matrix.js';
import { Counts } from './counts.js';
import { apply, type Delta } from './delta.js';
import type { Area } from './operations.js';

/** A mask that is being edited, as the source of a drawn matrix. Counts of the window last seen follow a stroke, they are not made anew. */
export class BitSource implements CellSource {
  readonly finest = { down: 1, across: 1 };
  #matrix: BitMatrix;
  #counts: Counts;
  #window: CountedWindow | undefined;
  #most: { readonly down: number; readonly across: number; readonly count: number } | undefined;

  constructor(matrix: BitMatrix) {
    this.#matrix = matrix;
    this.#counts = new Counts(matrix);
  }

  get inputs(): number {
    return this.#matrix.inputs;
  }

  get outputs(): number {
    return this.#matrix.outputs;
  }

  get nnz(): number {
    return this.#counts.connections;
  }

  get inDegree(): Uint32Array {
    return this.#counts.columns;
  }

  get outDegree(): Uint32Array {
    return this.#counts.rows;
  }

  /** @param delta of flips, inversion, transposition or replacement */
  update(delta: Delta): void {
    this.#matrix = apply(this.#matrix, delta);
    this.#counts.update(this.#matrix, delta);
    this.#most = undefined;
    if (delta.kind === 'flips' && this.#window !== undefined) this.#window = this.#flipped(this.#window, delta.at, delta.bits);
    else this.#window = undefined;
  }

  cell({ row, column }: Place): Cell {
    return { kind: this.#matrix.has(row, column) ? 'connected' : 'absent' };
  }

  outputsOf(row: number): number[] {
    const outputs: number[] = [];
    this.#matrix.forEachInRow(row, (j) => outputs.push(j));
    return outputs;
  }

  count(window: TileWindow): CountedWindow {
    const known = this.#window;
    if (known && isSame(known, window)) return known;
    this.#window = countBits(this.#matrix, window);
    return this.#window;
  }

  most(down: number, across: number): number {
    if (down === 1 && across === 1) return Math.min(1, this.nnz);
    if (this.#most?.down === down && this.#most.across === across) return this.#most.count;
    const whole = wholeGrid(this, down, across);
    const counted = this.#window && isSame(this.#window, whole) ? this.#window : countBits(this.#matrix, whole);
    const count = highest(counted.counts);
    this.#most = { down, across, count };
    return count;
  }

  /** Connections in an area. */
  countIn({ top, left, bottom, right }: Area): number {
    const { words, stride } = this.#matrix;
    let count = 0;
    for (let i = top; i <= bottom; i++) {
      for (let at = left >> 5; 32 * at <= right; at++) count += bitCount((words[i * stride + at] ?? 0) & lowBits(right + 1 - 32 * at) & ~lowBits(left - 32 * at));
    }
    return count;
  }

  next({ row, column }: Place, direction: Direction): Place | undefined {
    const step = direction === 'down' || direction === 'right' ? 1 : -1;
    if (direction === 'up' || direction === 'down') {
      for (let i = row + step; i >= 0 && i < this.inputs; i += step) if (this.#matrix.has(i, column)) return { row: i, column };
      return undefined;
    }
    for (let j = column + step; j >= 0 && j < this.outputs; j += step) if (this.#matrix.has(row, j)) return { row, column: j };
    return undefined;
  }

  #flipped(window: CountedWindow, at: Uint32Array, bits: Uint32Array): CountedWindow {
    const { stride, words } = this.#matrix;
    const { down, across, top, left, rows, columns, counts } = window;
    at.forEach((place, k) => {
      const i = Math.floor(place / stride);
      const row = Math.floor(i / down) - top;
      if (row < 0 || row >= rows) return;
      forEachBit(bits[k] ?? 0, (bit) => {
        const column = Math.floor((32 * (place - i * stride) + bit) / across) - left;
        if (column < 0 || column >= columns) return;
        const tile = row * columns + column;
        counts[tile] = (counts[tile] ?? 0) + (((words[place] ?? 0) >>> bit) & 1 ? 1 : -1);
      });
    });
    // Another object for the same numbers: whoever keeps a picture of it sees that it is out of date.
    return { ...window };
  }
}

const isSame = (a: TileWindow, b: TileWindow): boolean => a.down === b.down && a.across === b.across && a.top === b.top && a.left === b.left && a.rows === b.rows && a.columns === b.columns;

/** Exact counts per tile: whole words at a time, those without a connection not at all. */
function countBits({ words, stride, inputs, outputs }: BitMatrix, window: TileWindow): CountedWindow {
  const { down, across, top, left, rows, columns } = window;
  const counts = new Uint32Array(rows * columns);
  const endColumn = Math.min(outputs, (left + columns) * across);
  const firstWord = (left * across) >> 5;
  const endWord = Math.ceil(endColumn / 32);
  // Which bits of each word belong to which column of tiles.
  const parts: { readonly column: number; readonly mask: number }[][] = [];
  for (let at = firstWord; at < endWord; at++) {
    const from = Math.max(left * across, 32 * at);
    const to = Math.min(endColumn, 32 * at + 32);
    const ofWord: { column: number; mask: number }[] = [];
    for (let column = Math.floor(from / across); column * across < to; column++) {
      const [first, end] = [Math.max(from, column * across), Math.min(to, (column + 1) * across)];
      ofWord.push({ column: column - left, mask: lowBits(end - 32 * at) & ~lowBits(first - 32 * at) });
    }
    parts.push(ofWord);
  }
  const endRow = Math.min(inputs, (top + rows) * down);
  for (let i = top * down; i < endRow; i++) {
    const row = (Math.floor(i / down) - top) * columns;
    for (let at = firstWord; at < endWord; at++) {
      const word = words[i * stride + at] ?? 0;
      if (word === 0) continue;
      for (const { column, mask } of parts[at - firstWord] ?? []) counts[row + column] = (counts[row + column] ?? 0) + bitCount(word & mask);
    }
  }
  return { ...window, counts };
}
