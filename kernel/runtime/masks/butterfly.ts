import { butterflyStage } from '../../model/masks/butterfly.js';
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
  return Mask.ofData(butterflyStage(n, stage));
}
