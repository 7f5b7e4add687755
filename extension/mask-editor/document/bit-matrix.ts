import { forEachEdge, type MaskData } from '../../../kernel/model/mask-data.js';

/** A mask of more cells than this (32 MB of bits) is looked at, not edited. */
export const MAX_CELLS = 2 ** 28;

/**
 * A mask that can be written to: one bit a cell, each row beginning at a word. What a gesture costs does not depend on how many
 * connections there are, and 10,000 × 10,000 cells are 12.5 MB.
 *
 * Bits beyond the last column are 0.
 */
export class BitMatrix {
  /** Words per row. */
  readonly stride: number;
  /** [inputs × stride]; bit j & 31 of word j >> 5 is output j. */
  readonly words: Uint32Array;

  constructor(
    readonly inputs: number,
    readonly outputs: number,
    words?: Uint32Array,
  ) {
    this.stride = Math.ceil(outputs / 32);
    this.words = words ?? new Uint32Array(inputs * this.stride);
    if (this.words.length !== inputs * this.stride) throw new RangeError(`${inputs} × ${outputs} cells take ${inputs * this.stride} words, not ${this.words.length}`);
  }

  static ofMask(mask: MaskData): BitMatrix {
    const matrix = new BitMatrix(mask.inputs, mask.outputs);
    forEachEdge(mask, (i, j) => matrix.connect(i, j));
    return matrix;
  }

  toMask(): MaskData {
    const indptr = new Uint32Array(this.inputs + 1);
    for (let i = 0; i < this.inputs; i++) indptr[i + 1] = (indptr[i] ?? 0) + this.rowCount(i);
    const indices = new Uint32Array(indptr[this.inputs] ?? 0);
    let k = 0;
    for (let i = 0; i < this.inputs; i++) {
      this.forEachInRow(i, (j) => {
        indices[k++] = j;
      });
    }
    return { inputs: this.inputs, outputs: this.outputs, indptr, indices };
  }

  clone(): BitMatrix {
    return new BitMatrix(this.inputs, this.outputs, this.words.slice());
  }

  equals(other: BitMatrix): boolean {
    return this.hasShapeOf(other) && this.words.every((word, at) => word === other.words[at]);
  }

  hasShapeOf(other: BitMatrix): boolean {
    return this.inputs === other.inputs && this.outputs === other.outputs;
  }

  has(i: number, j: number): boolean {
    return (((this.words[i * this.stride + (j >> 5)] ?? 0) >>> (j & 31)) & 1) === 1;
  }

  connect(i: number, j: number): void {
    const at = i * this.stride + (j >> 5);
    this.words[at] = (this.words[at] ?? 0) | (1 << (j & 31));
  }

  rowCount(i: number): number {
    let count = 0;
    for (let at = i * this.stride; at < (i + 1) * this.stride; at++) count += bitCount(this.words[at] ?? 0);
    return count;
  }

  /** Calls back with the outputs of row i, ascending. */
  forEachInRow(i: number, visit: (j: number) => void): void {
    const row = i * this.stride;
    for (let at = 0; at < this.stride; at++) forEachBit(this.words[row + at] ?? 0, (bit) => visit(32 * at + bit));
  }

  transposed(): BitMatrix {
    const result = new BitMatrix(this.outputs, this.inputs);
    for (let i = 0; i < this.inputs; i++) this.forEachInRow(i, (j) => result.connect(j, i));
    return result;
  }

  /** The bits of a row's last word that are columns. */
  get lastWord(): number {
    return lowBits(this.outputs - 32 * (this.stride - 1));
  }
}

/** A word whose lowest `count` bits are set; `count` from 0 to 32. */
export const lowBits = (count: number): number => (count >= 32 ? 0xffffffff : (1 << Math.max(count, 0)) - 1) >>> 0;

/** Set bits of a word. Source: Warren, Hacker's Delight, figure 5-2. */
export function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Calls back with the places of a word's set bits, ascending. */
export function forEachBit(word: number, visit: (bit: number) => void): void {
  for (let rest = word; rest !== 0; rest &= rest - 1) visit(31 - Math.clz32(rest & -rest));
}

/** Sets (or clears) the columns `from` to `to` - 1 in the words of one row. */
export function setColumns(row: Uint32Array, from: number, to: number, on: boolean): void {
  for (let at = from >> 5; 32 * at < to; at++) {
    const bits = lowBits(to - 32 * at) & ~lowBits(from - 32 * at);
    row[at] = on ? (row[at] ?? 0) | bits : (row[at] ?? 0) & ~bits;
  }
}
