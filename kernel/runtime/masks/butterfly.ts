import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { known } from './rows.js';

/**
 * One stage of the butterfly of a fast Fourier transform: input i reaches outputs i and i with bit `stage` flipped. The stages
 * 0 to log2(n) - 1 one after the other connect every input to every output, each by exactly one path.
 *
 * @param n a power of two, at least 2
 */
export function butterfly(n: number, options: { stage: number }): Mask {
  wholeNumber('masks.butterfly: n', n, 2, 2 ** 30);
  if (!Number.isInteger(Math.log2(n))) throw new ArgumentError('masks.butterfly: n', n, 'a power of two');
  known('butterfly', options, ['stage']);
  const stage = wholeNumber('masks.butterfly: stage', options?.stage, 0, Math.log2(n) - 1);
  const indices = new Uint32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const partner = i ^ (1 << stage);
    indices[2 * i] = Math.min(i, partner);
    indices[2 * i + 1] = Math.max(i, partner);
  }
  return Mask.ofData({ inputs: n, outputs: n, indptr: Uint32Array.from({ length: n + 1 }, (_, i) => 2 * i), indices });
}
