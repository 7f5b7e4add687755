/**
 * Seeded random numbers that are the same bits on every platform: xoshiro128** (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2018), its state filled by splitmix32 from the seed.
 */
export class Xoshiro {
  readonly #state = new Uint32Array(4);

  /** @param seed any finite number: two seeds that differ give two streams */
  constructor(seed: number) {
    const [low = 0, high = 0] = new Uint32Array(new Float64Array([seed]).buffer);
    let a = (low ^ Math.imul(high, 0x9e3779b1)) | 0;
    for (let i = 0; i < 4; i++) {
      a = (a + 0x9e3779b9) | 0;
      let t = a ^ (a >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      this.#state[i] = t ^ (t >>> 15);
    }
  }

  /** 32 uniform bits. */
  bits(): number {
    const s = this.#state;
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = s;
    const scrambled = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const t2 = s2 ^ s0;
    const t3 = s3 ^ s1;
    s[1] = s1 ^ t2;
    s[0] = s0 ^ t3;
    s[2] = t2 ^ (s1 << 9);
    s[3] = rotateLeft(t3, 11);
    return scrambled;
  }

  /** Uniform in [0, 1), with 53 bits. */
  uniform(): number {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A whole number from 0 to `below` - 1, for `below` up to 2⁵³. */
  below(below: number): number {
    return Math.floor(this.uniform() * below);
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle<T extends { length: number; [index: number]: number }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = items[i] ?? 0;
      items[i] = items[j] ?? 0;
      items[j] = kept;
    }
    return items;
  }

  /**
   * `count` different whole numbers below `below`, each set equally likely, ascending. O(count log count) time, and as
   * much memory as the result.
   */
  distinct(count: number, below: number): Float64Array {
    if (count > below / 2) return others(this.distinct(below - count, below), below);
    // Draws until `count` are different: after each round as many as are still missing, so no round can overshoot.
    let found: Float64Array = new Float64Array(0);
    while (found.length < count) {
      const drawn = new Float64Array(count);
      drawn.set(found);
      for (let k = found.length; k < count; k++) drawn[k] = this.below(below);
      drawn.sort();
      found = drawn.filter((value, k) => k === 0 || value !== drawn[k - 1]);
    }
    return found;
  }
}

const rotateLeft = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

function others(left: Float64Array, below: number): Float64Array {
  const result = new Float64Array(below - left.length);
  let size = 0;
  let k = 0;
  for (let value = 0; value < below; value++) {
    if (left[k] === value) k++;
    else result[size++] = value;
  }
  return result;
}
