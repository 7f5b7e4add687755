import { checkCalls, type TensorPlace } from '../call-order.js';
import { asList, configOf, isRecord, type Json } from '../record.js';

/**
 * That the calls of a functional model, and of those inside it, can be made in some order: else TensorFlow.js waits forever.
 *
 * @param topology `{class_name, config}` as tfjs writes it
 * @throws Error that ends the sentence "file …"
 */
export function checkGraph(topology: Json): void {
  const config = configOf(topology);
  const layers = (asList(config['layers']) ?? []).filter(isRecord);
  layers.forEach(checkGraph);
  if (config['input_layers'] === undefined || config['output_layers'] === undefined) return;
  checkCalls(
    layers.map((layer) => ({
      name: String(layer['name']),
      isInput: layer['class_name'] === 'InputLayer',
      calls: (asList(layer['inbound_nodes']) ?? []).map((node) => places(node)),
      // The call by which a model is made counts as one.
      first: configOf(layer)['layers'] === undefined ? 0 : 1,
    })),
    { inputs: places(config['input_layers']), outputs: places(config['output_layers']) },
  );
}

const places = (list: unknown): TensorPlace[] =>
  (asList(list) ?? []).map((entry) => {
    const [layer, call, output] = asList(entry) ?? [];
    return [String(layer), Number(call), Number(output)];
  });
