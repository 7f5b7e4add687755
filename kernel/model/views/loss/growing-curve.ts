/** A curve that points are appended to, as one that can be drawn at any time. */
import type { Curve } from '../loss-view.js';

export class GrowingCurve {
  #x: Float64Array;
  #y: Float64Array;
  #length: number;

  constructor({ x, y }: Curve = { x: new Float64Array(0), y: new Float64Array(0) }) {
    this.#x = Float64Array.from(x);
    this.#y = Float64Array.from(y);
    this.#length = x.length;
  }

  get length(): number {
    return this.#length;
  }

  /** Amortized O(1) a point. */
  push(x: number, y: number): void {
    if (this.#length === this.#x.length) {
      const room = Math.max(1024, 2 * this.#length);
      [this.#x, this.#y] = [grown(this.#x, room), grown(this.#y, room)];
    }
    this.#x[this.#length] = x;
    this.#y[this.#length] = y;
    this.#length++;
  }

  /** The points so far, without a copy: they do not change when more come. */
  get curve(): Curve {
    return { x: this.#x.subarray(0, this.#length), y: this.#y.subarray(0, this.#length) };
  }
}

function grown(values: Float64Array, room: number): Float64Array {
  const larger = new Float64Array(room);
  larger.set(values);
  return larger;
}
