import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { wiringOf, type LayerUse, type LayerWiring } from './layer-wiring.js';
import type { Group, Source, UnitGraph } from './unit-graph.js';

/** Where the units of a tensor are: by its id. */
type Known = Map<number, number>;

/**
 * The units of a model, sequential or functional, with models inside it; layers that are shared stand where they are used.
 *
 * @param otherwise the wiring of a layer that is not known, from what is wrong; default: thrown
 * @throws Error when the model has no input shape yet, or naming the layer whose wiring is not known
 */
export function graphOfModel(model: LayersModel, otherwise?: (use: LayerUse, reason: unknown) => LayerWiring): UnitGraph {
  if (!(model.outputs?.length > 0)) throw new Error('analyze: the model has no input shape yet; give its first layer an inputShape, or fit or build it first');
  const groups: Group[] = [];
  const known: Known = new Map();
  const add = (group: Group): number => groups.push(group) - 1;
  const inputs = model.inputs.map((tensor) => {
    const index = add({ name: tensor.sourceLayer.name, units: unitsOf(tensor), sources: [] });
    known.set(tensor.id, index);
    return index;
  });
  return { groups, inputs, outputs: model.outputs.map((tensor) => follow(tensor, known)) };

  function follow(tensor: SymbolicTensor, within: Known): number {
    const found = within.get(tensor.id);
    if (found !== undefined) return found;
    const index = make(tensor, within);
    within.set(tensor.id, index);
    return index;
  }

  function make(tensor: SymbolicTensor, within: Known): number {
    const layer = tensor.sourceLayer;
    const from = tensor.inputs.map((input) => follow(input, within));
    if (layer instanceof tf.LayersModel) {
      // A model inside: its own inputs are the units that were handed to it.
      const inside: Known = new Map();
      layer.inputs.forEach((input, k) => inside.set(input.id, from[k] ?? -1));
      const output = layer.outputs[tensor.outputTensorIndex ?? 0];
      if (output === undefined) throw new Error(`analyze: model ${layer.name} has no output ${tensor.outputTensorIndex}`);
      return follow(output, inside);
    }
    const { wirings, ...rest } = inLayer(layer.name, () => wiringOr({ layer, inputs: tensor.inputs.map(shapeOf), output: shapeOf(tensor) }));
    const sources = from.flatMap((group, k): Source[] => {
      const wiring = wirings[k];
      return wiring === undefined ? [] : [{ from: group, wiring }];
    });
    return add({ name: layer.name, units: unitsOf(tensor), sources, owner: layer, ...rest });
  }

  function wiringOr(use: LayerUse): LayerWiring {
    try {
      return wiringOf(use);
    } catch (error) {
      if (!otherwise) throw error;
      return otherwise(use, error);
    }
  }
}

const unitsOf = (tensor: SymbolicTensor): number => shapeOf(tensor).reduce((product, extent) => product * extent, 1);

/** Without the batch. */
function shapeOf(tensor: SymbolicTensor): number[] {
  return tensor.shape.slice(1).map((extent) => {
    if (typeof extent === 'number') return extent;
    throw new Error(`analyze: layer ${tensor.sourceLayer.name} has the shape [${tensor.shape.map(String).join(', ')}], and units can be counted only when all but the batch is known`);
  });
}

function inLayer<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`analyze: layer ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
