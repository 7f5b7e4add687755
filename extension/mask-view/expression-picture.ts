import { patchbayError } from '../errors/catalogue.js';
import type { ExpressionResult } from '../kernel-client/replies.js';
import { pictureIn, valueInWords, type MaskPicture } from './mask-picture.js';

/**
 * Evaluates an expression in the kernel and takes the view of its value: of a mask as it is, of
 * anything else (rows of 0 and 1, a tensor, edges) through `Mask.from`.
 *
 * @throws PatchbayError `expressionFailed`, or `noMask` with what the value is
 */
export async function expressionPicture(expression: string, evaluate: (expression: string) => Promise<ExpressionResult>): Promise<MaskPicture> {
  const value = await evaluate(expression);
  if ('problem' in value) throw patchbayError('expressionFailed', expression, value.problem);
  const picture = pictureIn(value.data, expression);
  if (picture !== undefined) return picture;
  const made = await evaluate(`(await import('patchbay')).Mask.from((${expression}\n))`);
  const madePicture = 'data' in made ? pictureIn(made.data, expression) : undefined;
  if (madePicture !== undefined) return madePicture;
  throw patchbayError('noMask', expression, valueInWords(value.data), 'problem' in made ? made.problem : valueInWords(made.data));
}
