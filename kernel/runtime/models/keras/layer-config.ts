/** The configuration of one layer, from Keras's form to the one that TensorFlow.js reads. */
import { Mask, type MaskSource } from '../../mask/mask.js';
import { asList, configOf, isRecord, message, type Json } from '../record.js';
import { ANY_LAYER, isMaskedName, MASKED_LAYER, MERGING_OPERATIONS, NO_MATTER, SHARED_LAYERS, type SharedLayer } from './layer-table.js';
import { partFromKeras } from './parts.js';
import { plainValue } from './plain-values.js';
import type { Reading } from './reading.js';

export interface LayerConfig {
  readonly class_name: string;
  readonly config: Json;
}

export const layerName = (layer: Json): string => String(configOf(layer)['name'] ?? layer['name']);

/** Without its package: `CustomConnected` for `Custom>CustomConnected`. */
export const classOf = (layer: Json): string => String(layer['class_name']).replace(/^.*>/, '');

/** With the batch. */
export function batchShape(layer: Json | undefined): readonly unknown[] | undefined {
  const config = configOf(layer);
  return asList(plainValue(config['batch_shape'])) ?? asList(plainValue(config['batch_input_shape']));
}

/**
 * @param tfjsName the name that TensorFlow.js takes for it
 * @throws Error that ends the sentence "file …" and names the layer, its class and the argument that TensorFlow.js has not
 */
export function convertLayer(layer: Json, tfjsName: string, reading: Reading): LayerConfig {
  const config = configOf(layer);
  const name = `layer ${layerName(layer)}`;
  if (classOf(layer) === 'InputLayer') {
    return { class_name: 'InputLayer', config: { name: tfjsName, batch_input_shape: batchShape(layer), dtype: dtypeOf(name, config), sparse: false } };
  }
  const className = [layer['registered_name'], layer['class_name']].filter((found) => typeof found === 'string').find(isMaskedName) === undefined ? classOf(layer) : 'MaskedDense';
  const operation = /(^|\.)ops\./.test(String(layer['module']));
  const shared = className === 'MaskedDense' ? MASKED_LAYER : operation && !MERGING_OPERATIONS.has(className) ? undefined : SHARED_LAYERS[className];
  if (!shared) {
    const what = operation ? `the operation ${layerName(layer)} of class ${String(layer['module'])}.${className}` : `the ${name} of class ${className}`;
    throw new Error(`has ${what}, which cannot be read; these can: CustomConnected, Sequential, Functional, ${Object.keys(SHARED_LAYERS).join(', ')}`);
  }
  dtypeOf(name, config);
  const converted = { ...convertConfig(name, className, config, shared, reading), name: tfjsName };
  return { class_name: className, config: className === 'MaskedDense' ? withMask(name, converted) : converted };
}

/** With its connections in rows of indices: an error says where, and their lists of 0 and 1 are read once. */
function withMask(name: string, config: Json): Json {
  const { connections, units, bias_mask: biasMask } = config;
  if (connections === undefined) throw new Error(`has the ${name}, a masked one, without its connections`);
  // SAFETY: Mask.from checks what it is given.
  const mask = inSentence(`${name} whose connections cannot be read:`, () => Mask.from(connections as MaskSource));
  if (units !== mask.outputs) throw new Error(`has the ${name} of ${JSON.stringify(units)} units, whose connections have shape [${mask.shape.join(', ')}]`);
  const biases = asList(biasMask);
  if (biasMask !== undefined && biasMask !== null && biases?.length !== mask.outputs) {
    throw new Error(`has the ${name} of ${mask.outputs} units, whose bias_mask ${biases ? `has ${biases.length} entries` : `is ${JSON.stringify(biasMask)}`}`);
  }
  return { ...config, connections: { ...mask.toJSON() } };
}

function convertConfig(name: string, className: string, config: Json, { same, renamed = {}, only = {}, not = {}, unused = [] }: SharedLayer, reading: Reading): Json {
  const converted: Record<string, unknown> = {};
  for (const [key, wrapped] of Object.entries(config)) {
    const value = plainValue(wrapped);
    const to = renamed[key] ?? (same.includes(key) || ANY_LAYER.includes(key) ? key : undefined);
    if (to !== undefined && not[key]?.includes(value) !== true) {
      converted[to] = inSentence(`${name} that`, () => partFromKeras(name, key, value, reading));
    } else if (key === 'activity_regularizer') {
      if (value !== null) reading.leaveOut(`${name}: the ${key}`);
    } else if (!NO_MATTER.has(key) && !unused.includes(key) && only[key]?.includes(value) !== true && value !== null) {
      throw new Error(`has the ${name} of class ${className} with ${key} = ${JSON.stringify(value)}, which TensorFlow.js has not`);
    }
  }
  return converted;
}

function inSentence<T>(subject: string, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    throw new Error(`has the ${subject} ${message(error)}`, { cause: error });
  }
}

/** tfjs computes in float32, which takes the weights of the other types of floats as they are. */
function dtypeOf(name: string, { dtype }: Json): string {
  const policy = isRecord(dtype) && isRecord(dtype['config']) ? dtype['config']['name'] : dtype;
  if (policy === undefined || policy === null) return 'float32';
  if (typeof policy === 'string' && /^(mixed_)?b?float(16|32|64)$/.test(policy)) return 'float32';
  if (policy === 'int32' || policy === 'bool') return policy;
  if (policy === 'int64') return 'int32';
  throw new Error(`has the ${name} of type ${typeof policy === 'string' ? policy : JSON.stringify(policy)}; only floats can be read`);
}
