/** Initializers, regularizers, constraints and activations in a layer's configuration, from Keras's form to tfjs's. */
import { configOf, isRecord, type Json } from '../record.js';
import { activationFromKeras } from './activations.js';
import type { Reading } from './reading.js';

/** tfjs has these classes, with Keras's arguments. */
const INITIALIZERS = new Set([
  ...['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal', 'VarianceScaling', 'Orthogonal', 'Identity'],
  ...['GlorotUniform', 'GlorotNormal', 'HeNormal', 'HeUniform', 'LeCunNormal', 'LeCunUniform'],
]);
const CONSTRAINTS = new Set(['MaxNorm', 'UnitNorm', 'NonNeg', 'MinMaxNorm']);

interface Part {
  readonly name: string;
  readonly config: Json;
}

const classOf = (value: unknown): Part | undefined => {
  if (typeof value === 'string') return { name: value, config: {} };
  if (!isRecord(value) || typeof value['class_name'] !== 'string') return undefined;
  return { name: value['class_name'], config: configOf(value) };
};

/**
 * A regularizer or constraint that TensorFlow.js has not is left out: what the model computes is the same.
 *
 * @param layer as a message names it
 * @throws Error that ends the sentence "layer x …"
 */
export function partFromKeras(layer: string, key: string, value: unknown, reading: Reading): unknown {
  if (value === null || value === undefined) return null;
  if (key === 'activation') return activation(value, reading.version);
  if (key.endsWith('_initializer')) return initializer(value);
  const read = key.endsWith('_regularizer') ? regularizer : key.endsWith('_constraint') ? constraint : undefined;
  if (!read) return value;
  const found = classOf(value);
  const part = found && read(found);
  if (!part) reading.leaveOut(`${layer}: the ${key} ${found?.name ?? JSON.stringify(value)}`);
  return part ?? null;
}

function activation(value: unknown, version: number): string {
  const name = isRecord(value) ? (typeof value['config'] === 'string' ? value['config'] : String(value['class_name'])) : String(value);
  const found = activationFromKeras(name, version);
  if (found === undefined) throw new Error(`has the activation ${name}, which TensorFlow.js has not`);
  return found;
}

/** One that tfjs lacks is left to tfjs's default: the weights are in the file. */
function initializer(value: unknown): unknown {
  const found = classOf(value);
  const name = found?.name.replace(/^Lecun/, 'LeCun').replace(/Initializer$/, '');
  if (!found || name === undefined || !INITIALIZERS.has(name)) return { class_name: 'GlorotUniform', config: {} };
  const { input_axes: _in, output_axes: _out, seed, ...config } = found.config;
  // A seed generator of Keras, a record, draws other numbers anyway.
  return { class_name: name, config: { ...config, seed: typeof seed === 'number' ? seed : null } };
}

/** tfjs has one class for all three, with defaults of its own. */
function regularizer({ name, config }: Part): Json | undefined {
  if (!['L1', 'L2', 'L1L2', 'l1', 'l2', 'l1_l2'].includes(name)) return undefined;
  const { l1 = /^l1$/i.test(name) ? 0.01 : 0, l2 = /^l2$/i.test(name) ? 0.01 : 0 } = config;
  return { class_name: 'L1L2', config: { l1, l2 } };
}

function constraint({ name, config }: Part): Json | undefined {
  return CONSTRAINTS.has(name) ? { class_name: name, config } : undefined;
}
