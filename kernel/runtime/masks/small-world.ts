import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { known, sides } from './rows.js';

export interface SmallWorldOptions {
  /** Outputs that each input reaches, exactly: before any rewiring its neighbours on a ring. */
  readonly degree: number;
  /** The chance of each connection to be led to an output anywhere, 0 (a ring lattice) to 1. */
  readonly rewire: number;
  readonly seed?: number;
}

/**
 * Watts and Strogatz's small world, between two layers: every input is connected to the `degree` outputs nearest to its place on
 * a ring, then each connection moves with probability `rewire` to an output that this input does not reach yet, all of them
 * equally likely. Exactly n * degree connections; a row that is full has nowhere to move and stays.
 *
 * Source: Watts and Strogatz, "Collective dynamics of 'small-world' networks", 1998.
 */
export function smallWorld(n: number, m: number, options: SmallWorldOptions): Mask {
  sides('smallWorld', n, m);
  known('smallWorld', options, ['degree', 'rewire', 'seed']);
  const degree = wholeNumber('masks.smallWorld: degree', options?.degree, 0, m);
  const { rewire, seed } = options;
  if (!(typeof rewire === 'number' && rewire >= 0 && rewire <= 1)) throw new ArgumentError('masks.smallWorld: rewire', rewire, 'a probability from 0 to 1');
  const source = new Random(seed);
  const row = new RingRow(m, degree);
  const indices = new Uint32Array(n * degree);
  for (let i = 0; i < n; i++) {
    const targets = indices.subarray(i * degree, (i + 1) * degree);
    row.fill(targets, Math.floor((i * m) / n) - Math.floor((degree - 1) / 2));
    if (degree < m) for (let k = 0; k < degree; k++) if (source.uniform() < rewire) targets[k] = row.move(targets[k] ?? 0, source);
    targets.sort();
  }
  return Mask.ofData({ inputs: n, outputs: m, indptr: Uint32Array.from({ length: n + 1 }, (_, i) => i * degree), indices });
}

/** The outputs that one input does not reach, as a list in any order: drawing from it cannot fail, however full the row is. */
class RingRow {
  /** A permutation of the outputs: those reached first, then the free ones. */
  readonly #outputs: Uint32Array;
  readonly #place: Uint32Array;

  constructor(m: number, readonly degree: number) {
    this.#outputs = Uint32Array.from({ length: m }, (_, j) => j);
    this.#place = this.#outputs.slice();
  }

  /** Reaches `degree` outputs from `start` on, around the ring; writes them to `targets`. O(degree). */
  fill(targets: Uint32Array, start: number): void {
    const m = this.#outputs.length;
    for (let k = 0; k < this.degree; k++) {
      const j = (((start + k) % m) + m) % m;
      targets[k] = j;
      this.#swap(k, this.#place[j] ?? 0);
    }
  }

  /** Gives up output j, and reaches one that is free instead. */
  move(j: number, source: Random): number {
    const from = this.#place[j] ?? 0;
    const to = this.degree + source.below(this.#outputs.length - this.degree);
    const target = this.#outputs[to] ?? 0;
    this.#swap(from, to);
    return target;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#outputs[a] ?? 0, this.#outputs[b] ?? 0];
    this.#outputs[a] = second;
    this.#outputs[b] = first;
    this.#place[second] = a;
    this.#place[first] = b;
  }
}
