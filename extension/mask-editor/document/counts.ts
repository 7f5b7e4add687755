import { forEachBit, type BitMatrix } from './bit-matrix.js';
import type { Delta } from './delta.js';

/** What the badge says about a mask, kept up to date edit by edit. */
export class Counts {
  /** Connections of each input. */
  rows: Uint32Array;
  /** Connections of each output. */
  columns: Uint32Array;
  connections = 0;

  constructor(matrix: BitMatrix) {
    this.rows = new Uint32Array(matrix.inputs);
    this.columns = new Uint32Array(matrix.outputs);
    this.#count(matrix);
  }

  /** Call it with the matrix as it is after the delta. */
  update(after: BitMatrix, delta: Delta): void {
    switch (delta.kind) {
      case 'flips':
        delta.at.forEach((at, k) => this.#flip(after, at, delta.bits[k] ?? 0));
        return;
      case 'invert':
        this.rows = this.rows.map((count) => after.outputs - count);
        this.columns = this.columns.map((count) => after.inputs - count);
        this.connections = after.inputs * after.outputs - this.connections;
        return;
      case 'transpose':
        [this.rows, this.columns] = [this.columns, this.rows];
        return;
      case 'replace':
        this.rows = new Uint32Array(after.inputs);
        this.columns = new Uint32Array(after.outputs);
        this.connections = 0;
        this.#count(after);
    }
  }

  #count(matrix: BitMatrix): void {
    for (let i = 0; i < matrix.inputs; i++) {
      let count = 0;
      matrix.forEachInRow(i, (j) => {
        count++;
        this.columns[j] = (this.columns[j] ?? 0) + 1;
      });
      this.rows[i] = count;
      this.connections += count;
    }
  }

  #flip({ words, stride }: BitMatrix, at: number, bits: number): void {
    const i = Math.floor(at / stride);
    const first = 32 * (at - i * stride);
    const now = words[at] ?? 0;
    forEachBit(bits, (bit) => {
      const change = (now >>> bit) & 1 ? 1 : -1;
      this.rows[i] = (this.rows[i] ?? 0) + change;
      this.columns[first + bit] = (this.columns[first + bit] ?? 0) + change;
      this.connections += change;
    });
  }
}

/** Units without any connection. */
export const isolated = (degrees: Uint32Array): number => degrees.reduce((count, degree) => count + (degree === 0 ? 1 : 0), 0);
