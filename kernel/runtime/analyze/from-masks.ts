import { nnz } from '../../model/mask-data.js';
import type { Mask } from '../mask/mask.js';
import type { UnitGraph } from './unit-graph.js';

/** A chain: the outputs of each mask are the inputs of the next. Weights only, as a mask says nothing of biases. */
export function graphOfMasks(masks: readonly Mask[]): UnitGraph {
  const [first] = masks;
  if (first === undefined) throw new Error('analyze: the list of masks is empty');
  masks.forEach((mask, layer) => {
    const before = masks[layer - 1];
    if (before === undefined || before.outputs === mask.inputs) return;
    throw new Error(`analyze: mask ${layer - 1} has ${before.outputs} outputs, but mask ${layer} has ${mask.inputs} inputs; each mask follows the one before`);
  });
  const groups = masks.map(({ data }, layer) => {
    const denseConnections = data.inputs * data.outputs;
    return { name: `mask ${layer}`, units: data.outputs, sources: [{ from: layer, wiring: data }], cost: { params: nnz(data), denseParams: denseConnections, denseConnections }, owner: { layer } };
  });
  return { groups: [{ name: 'inputs', units: first.inputs, sources: [] }, ...groups], inputs: [0], outputs: [masks.length] };
}
