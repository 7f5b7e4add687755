/** Initializers, regularizers, constraints and activations in a layer's configuration, from Keras's form to tfjs's. */
import { isRecord, type Json } from '../record.js';
import { activationFromKeras } from './activations.js';

/** tfjs has these classes, with Keras's arguments. */
const INITIALIZERS = new Set([
  ...['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal', 'VarianceScaling', 'Orthogonal', 'Identity'],
  ...['GlorotUniform', 'GlorotNormal', 'HeNormal', 'HeUniform', 'LeCunNormal', 'LeCunUniform'],
]);
const CONSTRAINTS = new Set(['MaxNorm', 'UnitNorm', 'NonNeg', 'MinMaxNorm']);

const classOf = (value: unknown): { name: string; config: Json } | undefined => {
  if (typeof value === 'string') return { name: value, config: {} };
  if (!isRecord(value) || typeof value['class_name'] !== 'string') return undefined;
  return { name: value['class_name'], config: isRecord(value['config']) ? value['config'] : {} };
};

/** @throws Error that ends the sentence "layer x …" */
export function partFromKeras(key: string, value: unknown, version: number): unknown {
  if (value === null || value === undefined) return null;
  if (key === 'activation') return activation(value, version);
  if (key.endsWith('_initializer')) return initializer(value);
  if (key.endsWith('_regularizer')) return regularizer(key, value);
  if (key.endsWith('_constraint')) {
    const found = classOf(value);
    if (found && CONSTRAINTS.has(found.name)) return { class_name: found.name, config: found.config };
    throw new Error(`has the ${key} ${String(found?.name)}, which TensorFlow.js has not; it has ${[...CONSTRAINTS].join(', ')}`);
  }
  return value;
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
  const { input_axes: _in, output_axes: _out, ...config } = found.config;
  return { class_name: name, config };
}

/** tfjs has one class for all three, and takes a factor that is not given for 0.01 instead of 0. */
function regularizer(key: string, value: unknown): unknown {
  const found = classOf(value);
  if (found && ['L1', 'L2', 'L1L2', 'l1', 'l2', 'l1_l2'].includes(found.name)) {
    const { l1 = 0, l2 = 0 } = found.config;
    return { class_name: 'L1L2', config: { l1, l2 } };
  }
  throw new Error(`has the ${key} ${String(found?.name)}, which TensorFlow.js has not; it has L1, L2 and L1L2`);
}
