/** A model's configuration, from TensorFlow.js's form to Keras 3's. */
import type { LayersModel } from '@tensorflow/tfjs';
import { Mask, type MaskSource } from '../../mask/mask.js';
import { tf } from '../../tf/tfjs.js';
import { asList, configOf, isRecord, type Json } from '../record.js';
import { activationToKeras } from './activations.js';
import { ANY_LAYER, SHARED_LAYERS } from './layer-table.js';

export interface ExportForm {
  /** A masked layer as Keras's own layer with zeros in its kernel, or as the class `CustomConnected` with its connections. */
  readonly as: 'dense' | 'custom';
  /** `.keras` names the module of each class; `.h5` puts a registered class's package before its name. */
  readonly file: 'keras' | 'h5';
}

/** The module and the name under which the Python class registers itself. */
export const CUSTOM_MODULE = 'custom_connected';
const CUSTOM_CLASS = 'CustomConnected';
const REGISTERED = `Custom>${CUSTOM_CLASS}`;

const DENSE_FORM: Readonly<Record<string, string>> = { MaskedDense: 'Dense', MaskedConv2d: 'Conv2D' };

/** What a layer of tfjs class `className` becomes. */
export const exportedClass = (className: string, { as }: ExportForm): string => (as === 'custom' && className === 'MaskedDense' ? CUSTOM_CLASS : (DENSE_FORM[className] ?? className));

/**
 * @param topology as `model.toJSON` gives it
 * @throws Error that names the layer and what Keras 3 has not
 */
export function toKeras(model: LayersModel, topology: Json, form: ExportForm): Json {
  const config = configOf(topology);
  const layers = (asList(config['layers']) ?? []).filter(isRecord);
  const converted = layers.map((layer) => convert(model, layer, form));
  const shared = { name: config['name'], trainable: true };
  if (topology['class_name'] === 'Sequential') {
    const [input] = model.inputs;
    const inputs = !input || layers[0]?.['class_name'] === 'InputLayer' ? [] : [inputLayer(input.name, input.shape, form)];
    return wrap('Sequential', { ...shared, layers: [...inputs, ...converted] }, { module: 'keras', registered_name: null }, form);
  }
  const models = new Set(layers.filter(isModel).map(({ name }) => name));
  // In TensorFlow.js the first call of a model is the one by which it was made, in Keras 3 the first where it is used.
  const place = (tensor: unknown): unknown => {
    const [name, call, ...rest] = asList(tensor) ?? [];
    return [name, models.has(name) ? Number(call) - 1 : call, ...rest];
  };
  const places = (list: unknown): unknown[] => (asList(list) ?? []).map(place);
  const graph = layers.map(({ name, inbound_nodes: nodes }, k) => ({ ...converted[k], name, inbound_nodes: (asList(nodes) ?? []).map(places) }));
  // With a list around it, a model inside would give a list of one tensor, which the next layer cannot take.
  const ends = (key: string): unknown => {
    const list = places(config[key]);
    return list.length === 1 ? list[0] : list;
  };
  return wrap('Functional', { ...shared, layers: graph, input_layers: ends('input_layers'), output_layers: ends('output_layers') }, { module: 'keras.src.models.functional', registered_name: 'Functional' }, form);
}

const isModel = (layer: Json): boolean => asList(configOf(layer)['layers']) !== undefined;

/** `.h5` keeps the older form: a class, and no module. */
const wrap = (className: string, config: Json, { module, registered_name }: { module: string; registered_name: string | null }, { file }: ExportForm): Json =>
  file === 'keras' ? { module, class_name: className, config, registered_name } : { class_name: registered_name?.includes('>') ? registered_name : className, config };

const inputLayer = (name: string, shape: unknown, form: ExportForm): Json =>
  wrap('InputLayer', { batch_shape: shape, dtype: 'float32', sparse: false, name }, { module: 'keras.layers', registered_name: null }, form);

function convert(model: LayersModel, layer: Json, form: ExportForm): Json {
  const name = String(configOf(layer)['name']);
  if (name.includes('/')) throw new Error(`layer ${name} has a / in its name, which Keras 3 refuses`);
  if (!isModel(layer)) return convertLayer(layer, name, form);
  const inside = model.getLayer(name);
  if (inside instanceof tf.LayersModel) return toKeras(inside, layer, form);
  throw new Error(`layer ${name} is of class ${String(layer['class_name'])}, which cannot be exported`);
}

function convertLayer(layer: Json, name: string, form: ExportForm): Json {
  const config = configOf(layer);
  const from = String(layer['class_name']);
  if (from === 'InputLayer') return inputLayer(name, config['batch_input_shape'], form);
  const className = exportedClass(from, form);
  const custom = className === CUSTOM_CLASS;
  const shared = SHARED_LAYERS[custom ? 'Dense' : className];
  if (!shared) throw new Error(`layer ${name} is of class ${from}, which cannot be exported; these can: ${[...Object.keys(DENSE_FORM), ...Object.keys(SHARED_LAYERS)].join(', ')}`);
  if (form.as === 'custom' && from === 'MaskedConv2d') throw new Error(`layer ${name} is a masked convolution, which has no class of its own in Keras: export it with { as: 'dense' }`);
  const converted: Record<string, unknown> = {};
  for (const key of [...ANY_LAYER, ...shared.same]) {
    if (config[key] !== undefined && config[key] !== null) converted[key] = partToKeras(name, key, config[key]);
  }
  for (const [keras, tfjs] of Object.entries(shared.renamed ?? {}).reverse()) {
    if (keras !== tfjs && config[tfjs] !== undefined) converted[keras] = config[tfjs];
  }
  if (!custom) return wrap(className, converted, { module: 'keras.layers', registered_name: null }, form);
  // SAFETY: a layer's own configuration; Mask checks what it holds.
  const mask = Mask.from(config['connections'] as MaskSource);
  const biasMask = config['bias_mask'] === 'auto' ? Array.from(mask.inDegree(), Boolean).map(Number) : config['bias_mask'];
  return wrap(CUSTOM_CLASS, { ...converted, connections: mask.toArray(), bias_mask: biasMask ?? null }, { module: CUSTOM_MODULE, registered_name: REGISTERED }, form);
}

const MODULES: Readonly<Record<string, string>> = { initializer: 'keras.initializers', regularizer: 'keras.regularizers', constraint: 'keras.constraints' };

function partToKeras(layer: string, key: string, value: unknown): unknown {
  if (key === 'activation') {
    const name = activationToKeras(String(value));
    if (name !== undefined) return name;
    const hint = String(value) === 'hard_sigmoid' ? `; it is another function than Keras 3's hard_sigmoid, which is 'hardSigmoidKeras3' here` : '';
    throw new Error(`layer ${layer} has the activation ${String(value)}, which Keras 3 has not${hint}`);
  }
  const module = MODULES[/_([a-z]+)$/.exec(key)?.[1] ?? ''];
  if (module === undefined || !isRecord(value)) return value;
  const config = isRecord(value['config']) ? { ...value['config'] } : {};
  if (config['distribution'] === 'normal') config['distribution'] = 'truncated_normal';
  return { module, class_name: String(value['class_name']).replace('LeCun', 'Lecun'), config, registered_name: null };
}
