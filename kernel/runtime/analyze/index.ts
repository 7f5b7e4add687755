import type { LayersModel } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { Analysis, type AnyMask } from './analysis.js';
import { graphOfMasks } from './from-masks.js';
import { graphOfModel } from './from-model.js';

export { Analysis, type LayerReport, type Totals, type Unit } from './analysis.js';

/**
 * What is connected to what in a net: sizes and costs of its layers beside dense ones, dead inputs and units, unreachable outputs,
 * paths and receptive fields. The wiring alone counts, not the weights; activations are taken as unit by unit, softmax too.
 *
 * @param net a tfjs model, sequential or functional, of dense, convolutional, pooling, merging and unit-by-unit layers; or masks
 *   in the order of their layers; or one mask
 * @throws Error when the masks do not follow each other, or naming the layer whose wiring is not known
 */
export function analyze(net: LayersModel | AnyMask | readonly AnyMask[]): Analysis {
  if (net instanceof Mask) return new Analysis(graphOfMasks([net]));
  if (net instanceof tf.LayersModel) return new Analysis(graphOfModel(net));
  if (!Array.isArray(net)) throw new ArgumentError('analyze: net', net, 'a tfjs model, a Mask, or an array of Masks');
  const masks = net.map((mask: unknown, layer) => {
    if (mask instanceof Mask) return mask;
    throw new ArgumentError(`analyze: entry ${layer} of the list of masks`, mask, 'a Mask', 'Mask.from(…) makes one.');
  });
  return new Analysis(graphOfMasks(masks));
}
