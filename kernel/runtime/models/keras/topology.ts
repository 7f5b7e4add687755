/** A model's configuration, from Keras's form (3, or 2) to the one that TensorFlow.js reads. */
import { asList, configOf, isRecord, type Json } from '../record.js';
import { graphConfig } from './graph-config.js';
import { batchShape, classOf, convertLayer, layerName, type LayerConfig } from './layer-config.js';
import { tfjsNames } from './layer-names.js';
import type { Reading } from './reading.js';

export interface KerasTopology {
  /** For `tf.models.modelFromJSON`. */
  readonly topology: LayerConfig;
  readonly layers: readonly KerasLayer[];
}

/** A layer of the file, in its order: what its weights are stored under. */
export interface KerasLayer {
  readonly name: string;
  /** In the model that was made of the file. */
  readonly tfjsName: string;
  /** Without its package: `CustomConnected` for `Custom>CustomConnected`. */
  readonly className: string;
  /** Of a model that is used as a layer. */
  readonly layers?: readonly KerasLayer[];
}

/** @throws Error that ends the sentence "file …" and names the layer, its class and the argument that TensorFlow.js has not */
export function fromKeras(model: Json, reading: Reading): KerasTopology {
  if (!layersOf(model)) {
    throw new Error(`holds a model of class ${String(model['class_name'])}, of which only its author's code knows the layers; a Sequential or Functional model can be read`);
  }
  return convertModel(model, configOf(model)['name'], reading);
}

const layersOf = (model: Json): Json[] | undefined => asList(configOf(model)['layers'])?.filter(isRecord);

function convertModel(model: Json, name: unknown, reading: Reading): KerasTopology {
  const config = configOf(model);
  const layers = layersOf(model) ?? [];
  const names = tfjsNames(layers.map(layerName));
  const converted = layers.map((layer, k) => {
    const tfjsName = names[k] ?? '';
    return layersOf(layer) ? convertModel(layer, tfjsName, reading) : { topology: convertLayer(layer, tfjsName, reading), layers: undefined };
  });
  const described = layers.map((layer, k): KerasLayer => {
    const inside = converted[k]?.layers;
    return { name: layerName(layer), tfjsName: names[k] ?? '', className: classOf(layer), ...(inside && { layers: inside }) };
  });
  const topologies = converted.map(({ topology }) => topology);
  if (classOf(model) === 'Sequential') return { topology: { class_name: 'Sequential', config: { name, layers: sequence(config, layers, topologies) } }, layers: described };
  const graph = graphConfig(
    layers.map((layer, k) => ({ name: layerName(layer), tfjsName: names[k] ?? '', kind: layersOf(layer) ? 'model' : classOf(layer) === 'InputLayer' ? 'input' : 'layer', inboundNodes: layer['inbound_nodes'] })),
    config,
  );
  return {
    topology: {
      class_name: 'Model',
      config: {
        name,
        layers: topologies.map((topology, k) => ({ ...topology, name: names[k], inbound_nodes: graph.inboundNodes[k] })),
        input_layers: graph.inputs,
        output_layers: graph.outputs,
      },
    },
    layers: described,
  };
}

/** Keras's Sequential hides its input layer; here the first layer has its shape. */
function sequence(config: Json, layers: readonly Json[], converted: readonly LayerConfig[]): LayerConfig[] {
  const hasInput = layers[0] !== undefined && classOf(layers[0]) === 'InputLayer';
  const [first, ...rest] = hasInput ? converted.slice(1) : converted;
  if (!first) throw new Error('holds a Sequential model without layers');
  const shape = batchShape(layers[0]) ?? asList(config['build_input_shape']);
  // A model at the beginning brings its own.
  return first.config['layers'] || !shape ? [first, ...rest] : [{ ...first, config: { ...first.config, batch_input_shape: shape } }, ...rest];
}
