import { wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { known, sides } from './rows.js';

/**
 * N:M sparsity: of every `options.m` inputs in a row, each output sees exactly `options.n`, drawn anew for every output and group.
 * 2:4 is `{ n: 2, m: 4 }`.
 *
 * Source: Zhou et al., "Learning N:M fine-grained structured sparse neural networks from scratch", 2021.
 *
 * @param n inputs, a multiple of `options.m`
 * @param m outputs
 */
export function nOfM(n: number, m: number, options: { n: number; m: number; seed?: number }): Mask {
  sides('nOfM', n, m);
  known('nOfM', options, ['n', 'm', 'seed']);
  const group = wholeNumber('masks.nOfM: options.m (inputs of a group)', options?.m, 1);
  const live = wholeNumber('masks.nOfM: options.n (connections of a group)', options.n, 0, group);
  if (n % group !== 0) throw new Error(`masks.nOfM: ${n} inputs cannot be divided into groups of ${group}; choose n as a multiple of ${group}`);
  const source = new Random(options.seed);
  const degree = (n / group) * live;
  const indices = new Uint32Array(m * degree);
  let k = 0;
  for (let j = 0; j < m; j++) {
    for (let first = 0; first < n; first += group) for (const offset of source.distinct(live, group)) indices[k++] = first + offset;
  }
  return Mask.ofData({ inputs: m, outputs: n, indptr: Uint32Array.from({ length: m + 1 }, (_, j) => j * degree), indices }).transpose();
}
