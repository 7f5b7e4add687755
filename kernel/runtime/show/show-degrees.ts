/** `show.degrees`. */
import { degreesView, type DegreesView } from '../../model/views/degrees/degrees-view.js';
import type { DisplayHandle } from '../display/handle.js';
import { checkOptions, type FileOptions } from './options.js';
import { present } from './present.js';
import { readMask, type ShowableMask } from './read-mask.js';

/**
 * Draws how many connections the outputs and the inputs of a mask have, beside what a random mask of the same density would be
 * expected to show.
 *
 * @param x a Mask, a masked layer, or anything that `Mask.from` takes
 * @throws ArgumentError when x is none of these or an option is wrong
 */
export function showDegrees(x: ShowableMask, options: FileOptions = {}): DisplayHandle<[x?: ShowableMask]> {
  checkOptions('show.degrees', options);
  let shown = x;
  const view = (value: ShowableMask = shown): DegreesView => {
    shown = value;
    return degreesView(readMask('show.degrees', value), options.title === undefined ? {} : { title: options.title });
  };
  return present(view(), options, view);
}
