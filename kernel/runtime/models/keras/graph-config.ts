/** How the layers of a functional model are connected, from Keras's form (3 or 2) to the one that TensorFlow.js reads. */
import { checkCalls, type TensorPlace } from '../call-order.js';
import { asList, isRecord, type Json } from '../record.js';

export interface GraphLayer {
  /** As in the file. */
  readonly name: string;
  /** As TensorFlow.js takes it. */
  readonly tfjsName: string;
  readonly kind: 'input' | 'layer' | 'model';
  readonly inboundNodes: unknown;
}

export interface GraphConfig {
  /** Of each layer: a list of calls, each a list of `[layer, call, output, {}]`. */
  readonly inboundNodes: readonly (readonly unknown[][])[];
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
}

/** @throws Error that ends the sentence "file …" and names the layer whose calls cannot be followed */
export function graphConfig(layers: readonly GraphLayer[], config: Json): GraphConfig {
  const calls = layers.map(({ name, inboundNodes }) => (asList(inboundNodes) ?? []).map((node) => placesOf(name, node)));
  const ends = { inputs: tensorList('input_layers', config['input_layers']), outputs: tensorList('output_layers', config['output_layers']) };
  const firstCalls = firstCallsOf(layers, [...calls.flat(2), ...ends.outputs]);
  checkCalls(layers.map(({ name, kind }, k) => ({ name, isInput: kind === 'input', calls: calls[k] ?? [], first: firstCalls.get(name) ?? 0 })), ends);
  const tfjs = new Map(layers.map(({ name, tfjsName, kind }) => [name, { tfjsName, first: kind === 'model' ? 1 : 0 }]));
  const place = ([name, call, output]: TensorPlace): unknown[] => {
    const { tfjsName, first } = tfjs.get(name) ?? { tfjsName: name, first: 0 };
    return [tfjsName, call - (firstCalls.get(name) ?? 0) + first, output];
  };
  return {
    inboundNodes: calls.map((nodes) => nodes.map((tensors) => tensors.map((tensor) => [...place(tensor), {}]))),
    inputs: ends.inputs.map(place),
    outputs: ends.outputs.map(place),
  };
}

/**
 * The number of each layer's first call: 0. In TensorFlow.js, and in Keras before 2.4, call 0 of a model is the one by which it
 * was made, and where it is used are the next ones.
 */
function firstCallsOf(layers: readonly GraphLayer[], used: readonly TensorPlace[]): ReadonlyMap<string, number> {
  return new Map(layers.filter(({ kind }) => kind === 'model').map(({ name }) => [name, Math.min(1, ...used.filter(([layer]) => layer === name).map(([, call]) => call))]));
}

/** Keras 3 writes the arguments of the call, Keras 2 the list of tensors. */
function placesOf(name: string, node: unknown): TensorPlace[] {
  const list = asList(node);
  if (list) return list.map((entry) => tensorOfKeras2(name, entry));
  if (!isRecord(node)) throw new Error(`has the layer ${name} with a call that cannot be read: ${JSON.stringify(node)}`);
  checkArguments(name, node['kwargs']);
  const tensors = (asList(node['args']) ?? []).flatMap((argument) => tensorsIn(name, argument));
  if (tensors.length === 0) throw new Error(`has the layer ${name} called without tensors, which cannot be read`);
  return tensors;
}

function tensorOfKeras2(name: string, entry: unknown): TensorPlace {
  const [layer, call, output, kwargs] = asList(entry) ?? [];
  checkArguments(name, kwargs);
  return tensorPlace(name, [layer, call, output]);
}

/** What a call was told besides its tensors; that it runs outside of training, or without a mask, goes without saying. */
function checkArguments(name: string, kwargs: unknown): void {
  const told = isRecord(kwargs) ? Object.entries(kwargs).filter(([key, value]) => value !== null && !(key === 'training' && value === false)) : [];
  if (told.length > 0) throw new Error(`has the layer ${name} called with ${told.map(([key]) => key).join(', ')}, which cannot be read`);
}

function tensorsIn(name: string, value: unknown): TensorPlace[] {
  const list = asList(value) ?? (isRecord(value) && value['class_name'] === '__tuple__' ? asList(value['items']) : undefined);
  if (list) return list.flatMap((entry) => tensorsIn(name, entry));
  const config = isRecord(value) && isRecord(value['config']) ? value['config'] : undefined;
  if (config?.['keras_history'] === undefined) throw new Error(`has the layer ${name} called with ${JSON.stringify(value)?.slice(0, 60)}, which is no tensor and cannot be read`);
  return [tensorPlace(name, config['keras_history'])];
}

function tensorPlace(name: string, value: unknown): TensorPlace {
  const [layer, call, output] = asList(value) ?? [];
  if (typeof layer === 'string' && isCount(call) && isCount(output)) return [layer, call, output];
  throw new Error(`has the layer ${name} with a tensor that cannot be read: ${JSON.stringify(value)}`);
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** Keras writes one tensor without the list around it, and tensors with names as an object, which it reads by sorted name. */
function tensorList(key: string, value: unknown): TensorPlace[] {
  if (isRecord(value)) return Object.keys(value).sort().flatMap((name) => tensorList(key, value[name]));
  const list = asList(value) ?? [];
  return typeof list[0] === 'string' ? [tensorPlace(key, list)] : list.flatMap((entry) => tensorList(key, entry));
}
