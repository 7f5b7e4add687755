/** A model's configuration, from TensorFlow.js's form to Keras 3's. */
import { Mask, type MaskSource } from '../../mask/mask.js';
import { asList, isRecord, type Json } from '../record.js';
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
 * @param inputName of a Sequential, whose input layer tfjs does not list
 * @throws Error that names the layer and what Keras 3 has not
 */
export function toKeras(topology: Json, inputName: string, form: ExportForm): Json {
  const config = isRecord(topology['config']) ? topology['config'] : {};
  const layers = (asList(config['layers']) ?? []).filter(isRecord);
  const converted = layers.map((layer) => convertLayer(layer, form));
  const shared = { name: config['name'], trainable: true };
  if (topology['class_name'] === 'Sequential') {
    const [first] = layers;
    const shape = first && isRecord(first['config']) ? first['config']['batch_input_shape'] : undefined;
    const input = first?.['class_name'] === 'InputLayer' ? [] : [inputLayer(inputName, shape, form)];
    return wrap('Sequential', { ...shared, layers: [...input, ...converted] }, { module: 'keras', registered_name: null }, form);
  }
  const graph = layers.map(({ name, inbound_nodes: nodes }, k) => ({ ...converted[k], name, inbound_nodes: nodes }));
  const ends = { input_layers: config['input_layers'], output_layers: config['output_layers'] };
  return wrap('Functional', { ...shared, layers: graph, ...ends }, { module: 'keras.src.models.functional', registered_name: 'Functional' }, form);
}

/** `.h5` keeps the older form: a class, and no module. */
const wrap = (className: string, config: Json, { module, registered_name }: { module: string; registered_name: string | null }, { file }: ExportForm): Json =>
  file === 'keras' ? { module, class_name: className, config, registered_name } : { class_name: registered_name?.includes('>') ? registered_name : className, config };

const inputLayer = (name: string, shape: unknown, form: ExportForm): Json =>
  wrap('InputLayer', { batch_shape: shape, dtype: 'float32', sparse: false, name }, { module: 'keras.layers', registered_name: null }, form);

function convertLayer(layer: Json, form: ExportForm): Json {
  const config = isRecord(layer['config']) ? layer['config'] : {};
  const from = String(layer['class_name']);
  const name = String(config['name']);
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
  const connections = Mask.from(config['connections'] as MaskSource).toArray();
  return wrap(CUSTOM_CLASS, { ...converted, connections, bias_mask: config['bias_mask'] ?? null }, { module: CUSTOM_MODULE, registered_name: REGISTERED }, form);
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
