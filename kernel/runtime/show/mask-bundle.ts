import type { MimeBundle } from '../../protocol/messages.js';
import { copyPicture } from '../display/picture-of.js';
import type { MaskedLayer } from './read-kernel.js';
import { kernelBundle, maskBundle } from './view-bundle.js';
import { weightsKey } from './weights-key.js';

export { kernelBundle, maskBundle };

/**
 * What a masked layer looks like as the last expression of a cell: its kernel, or its mask before it has weights.
 *
 * @param text stays the text of the result: Node's own
 */
export function layerBundle(layer: MaskedLayer & { readonly built: boolean }, text: string): MimeBundle {
  const { name, mask } = layer;
  const bundle = layer.built ? kernelBundle(mask.data, layer.liveWeights(), { layer: name, follows: weightsKey(layer) }) : maskBundle(mask.data, { title: name });
  return copyPicture(bundle, { ...bundle, 'text/plain': text });
}
