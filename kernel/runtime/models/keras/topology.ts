/** A model's configuration, from Keras's form (3, or 2 in `.h5` files) to the one that TensorFlow.js reads. */
import { asList, isRecord, type Json } from '../record.js';
import { ANY_LAYER, isMaskedName, MASKED_LAYER, NO_MATTER, SHARED_LAYERS, type SharedLayer } from './layer-table.js';
import { partFromKeras } from './parts.js';

export interface KerasTopology {
  /** For `tf.models.modelFromJSON`. */
  readonly topology: { readonly class_name: string; readonly config: Json };
  /** Every layer of the file, in its order: what its weights are stored under. */
  readonly layers: readonly KerasLayer[];
}

export interface KerasLayer {
  readonly name: string;
  /** Without its package: `CustomConnected` for `Custom>CustomConnected`. */
  readonly className: string;
}

/**
 * @param version of Keras
 * @throws Error that ends the sentence "file …" and names the layer, its class and the argument that TensorFlow.js has not
 */
export function fromKeras(model: Json, version: number): KerasTopology {
  const config = isRecord(model['config']) ? model['config'] : undefined;
  const className = String(model['class_name']);
  const layers = asList(config?.['layers'])?.filter(isRecord);
  if (!config || !layers) throw new Error(`holds a model of class ${className}, of which only its author's code knows the layers; a Sequential or Functional model can be read`);
  const names = layers.map(layerName);
  const described = layers.map((layer, k) => ({ name: names[k] ?? '', className: classOf(layer) }));
  if (className === 'Sequential') return { topology: { class_name: 'Sequential', config: { name: config['name'], layers: sequence(config, layers, version) } }, layers: described };
  const graph = {
    name: config['name'],
    layers: layers.map((layer, k) => ({ ...convertLayer(layer, version), name: names[k], inbound_nodes: (asList(layer['inbound_nodes']) ?? []).map((node) => inboundNode(names[k] ?? '', node)) })),
    input_layers: tensorList(config['input_layers']),
    output_layers: tensorList(config['output_layers']),
  };
  return { topology: { class_name: 'Model', config: graph }, layers: described };
}

/** Keras's Sequential hides its input layer; here the first layer has its shape. */
function sequence(config: Json, layers: readonly Json[], version: number): Json[] {
  const [input, ...others] = layers;
  const given = input && classOf(input) === 'InputLayer' ? input : undefined;
  const shape = batchShape(given) ?? batchShape(layers[0]) ?? asList(config['build_input_shape']);
  const [first, ...rest] = (given ? others : layers).map((layer) => convertLayer(layer, version));
  if (!first) throw new Error('holds a Sequential model without layers');
  return [{ ...first, config: { ...first.config, ...(shape && { batch_input_shape: shape }) } }, ...rest];
}

function batchShape(layer: Json | undefined): readonly unknown[] | undefined {
  const config = isRecord(layer?.['config']) ? layer['config'] : {};
  return asList(config['batch_shape']) ?? asList(config['batch_input_shape']);
}

const layerName = (layer: Json): string => {
  const config = isRecord(layer['config']) ? layer['config'] : {};
  return String(config['name'] ?? layer['name']);
};

const classOf = (layer: Json): string => String(layer['class_name']).replace(/^.*>/, '');

function convertLayer(layer: Json, version: number): { class_name: string; config: Json } {
  const config = isRecord(layer['config']) ? layer['config'] : {};
  const name = `layer ${layerName(layer)}`;
  if (classOf(layer) === 'InputLayer') {
    return { class_name: 'InputLayer', config: { name: config['name'], batch_input_shape: batchShape(layer), dtype: dtypeOf(name, config), sparse: false } };
  }
  const className = [layer['registered_name'], layer['class_name']].filter((found) => typeof found === 'string').find(isMaskedName) === undefined ? classOf(layer) : 'MaskedDense';
  const shared = className === 'MaskedDense' ? MASKED_LAYER : SHARED_LAYERS[className];
  if (!shared) {
    throw new Error(`has the layer ${layerName(layer)} of class ${className}, which cannot be read; these can: CustomConnected, ${Object.keys(SHARED_LAYERS).join(', ')}`);
  }
  dtypeOf(name, config);
  return { class_name: className, config: convertConfig(name, className, config, shared, version) };
}

function convertConfig(name: string, className: string, config: Json, { same, renamed = {}, only = {} }: SharedLayer, version: number): Json {
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const to = renamed[key] ?? (same.includes(key) || ANY_LAYER.includes(key) ? key : undefined);
    if (to !== undefined) {
      converted[to] = inSentence(name, () => partFromKeras(key, value, version));
    } else if (!NO_MATTER.has(key) && only[key]?.includes(value) !== true && value !== null) {
      throw new Error(`has the ${name} of class ${className} with ${key} = ${JSON.stringify(value)}, which TensorFlow.js has not`);
    }
  }
  return converted;
}

function inSentence<T>(name: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    throw new Error(`has the ${name} that ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** tfjs computes in float32, which takes the weights of the other types of floats as they are. */
function dtypeOf(name: string, { dtype }: Json): string {
  const policy = isRecord(dtype) && isRecord(dtype['config']) ? dtype['config']['name'] : dtype;
  if (policy === undefined || policy === null) return 'float32';
  if (typeof policy === 'string' && /^(mixed_)?b?float(16|32|64)$/.test(policy)) return 'float32';
  if (policy === 'int32' || policy === 'bool') return policy;
  throw new Error(`has the ${name} of type ${typeof policy === 'string' ? policy : JSON.stringify(policy)}; only floats can be read`);
}

/** `[["dense", 0, 0, {}], …]`: which outputs of which layers come in. Keras 3 writes the tensors as arguments of the call. */
function inboundNode(name: string, node: unknown): unknown[] {
  if (!isRecord(node)) return asList(node)?.map((entry) => entry) ?? [];
  const extra = isRecord(node['kwargs']) ? Object.entries(node['kwargs']).filter(([key, value]) => value !== null && !(key === 'training' && value === false)) : [];
  if (extra.length > 0) throw new Error(`has the layer ${name} called with ${extra.map(([key]) => key).join(', ')}, which cannot be read`);
  const tensors = tensorsIn(node['args']);
  if (tensors.length === 0) throw new Error(`has the layer ${name} called with something else than tensors, which cannot be read`);
  return tensors.map((history) => [...history, {}]);
}

function tensorsIn(value: unknown): (readonly unknown[])[] {
  const list = asList(value);
  if (list) return list.flatMap(tensorsIn);
  const config = isRecord(value) && isRecord(value['config']) ? value['config'] : undefined;
  const history = asList(config?.['keras_history']);
  return history ? [history] : [];
}

/** Keras writes one tensor without the list around it. */
function tensorList(value: unknown): readonly unknown[] {
  const list = asList(value) ?? [];
  return typeof list[0] === 'string' ? [list] : list;
}
