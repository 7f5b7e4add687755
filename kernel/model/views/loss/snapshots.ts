/** The live weights of layers over the epochs of a training, a byte each. */
import { decodeBase64, decodeFloats, encodeBase64, encodeFloats } from '../base64.js';
import { Fields, PayloadError } from '../payload.js';
import { largestSize } from '../weight-statistics.js';

/** One layer at one epoch: weight k is codes[k] · scale. */
export interface Quantized {
  readonly scale: number;
  readonly codes: Int8Array;
}

export interface LayerEpochs {
  /** Names the weights: `follows` of a kernel view. */
  readonly key: string;
  readonly name: string;
  readonly connections: number;
  /** As many as `epochs`. */
  readonly states: readonly Quantized[];
}

export interface WeightEpochs {
  /** Ascending; 0 is before the first. */
  readonly epochs: readonly number[];
  readonly layers: readonly LayerEpochs[];
}

export const MAX_SNAPSHOTS = 64;
const EVERY_UP_TO = 20;
const MAX_LAYERS = 16;
const NOT_FINITE = -128;

/** Epochs to keep of a training of `total`: every one to 20, then on a logarithmic scale, with room for the best and the last. */
export function snapshotEpochs(total: number, most: number = MAX_SNAPSHOTS): ReadonlySet<number> {
  const dense = Math.min(EVERY_UP_TO, most - 2);
  const kept = new Set(Array.from({ length: Math.min(total, dense) + 1 }, (_, epoch) => epoch));
  const room = most - 1 - kept.size;
  for (let k = 1; k <= room && total > dense; k++) kept.add(Math.round(dense * (total / dense) ** (k / room)));
  return kept;
}

/** A weight that is not 0 stays different from 0, whatever its size. */
export function quantize(weights: Float32Array): Quantized {
  const scale = Math.fround(largestSize(weights) / 127) || 1;
  const code = (weight: number): number => {
    if (!Number.isFinite(weight)) return NOT_FINITE;
    return Math.max(-127, Math.min(127, Math.round(weight / scale) || Math.sign(weight)));
  };
  return { scale, codes: Int8Array.from(weights, code) };
}

export const dequantize = ({ scale, codes }: Quantized): Float32Array => Float32Array.from(codes, (code) => (code === NOT_FINITE ? NaN : code * scale));

/** max |w| over all epochs. */
export const limitOf = ({ states }: LayerEpochs): number => {
  let most = 0;
  for (const { scale, codes } of states) for (const code of codes) if (code !== NOT_FINITE) most = Math.max(most, Math.abs(code) * scale);
  return most || 1;
};

/** Those epochs alone. */
export function pickEpochs({ epochs, layers }: WeightEpochs, keep: (epoch: number) => boolean): WeightEpochs {
  const at = epochs.flatMap((epoch, k) => (keep(epoch) ? [k] : []));
  const pick = <T>(list: readonly T[]): T[] => at.flatMap((k) => list.slice(k, k + 1));
  return { epochs: pick(epochs), layers: layers.map((layer) => ({ ...layer, states: pick(layer.states) })) };
}

/** As many epochs as fit into `bytes`: first, best and last, then evenly among the rest. Undefined when not even those fit. */
export function fitEpochs(all: WeightEpochs, best: number | undefined, bytes: number): WeightEpochs | undefined {
  const each = all.layers.reduce((sum, { connections }) => sum + connections + 4, 0);
  const room = Math.floor(bytes / Math.max(1, each));
  if (all.epochs.length <= room) return all;
  const always = new Set([all.epochs[0], best, all.epochs.at(-1)].filter((epoch) => epoch !== undefined && all.epochs.includes(epoch)));
  if (room < always.size) return undefined;
  const rest = all.epochs.filter((epoch) => !always.has(epoch));
  const more = room - always.size;
  const chosen = new Set(Array.from({ length: more }, (_, k) => rest[Math.floor(((k + 0.5) * rest.length) / more)]));
  return pickEpochs(all, (epoch) => always.has(epoch) || chosen.has(epoch));
}

export interface WeightEpochsJson {
  readonly epochs: readonly number[];
  readonly layers: readonly { readonly key: string; readonly name: string; readonly connections: number; readonly scales: string; readonly codes: string }[];
}

export const encodeEpochs = ({ epochs, layers }: WeightEpochs): WeightEpochsJson => ({
  epochs,
  layers: layers.map(({ key, name, connections, states }) => {
    const codes = new Uint8Array(connections * states.length);
    states.forEach((state, k) => codes.set(new Uint8Array(state.codes.buffer, state.codes.byteOffset, connections), k * connections));
    return { key, name, connections, scales: encodeFloats(Float32Array.from(states, ({ scale }) => scale)), codes: encodeBase64(codes) };
  }),
});

/** @throws PayloadError that names what is wrong */
export function decodeEpochs(fields: Fields): WeightEpochs {
  const epochs = fields.array('epochs', MAX_SNAPSHOTS).map((epoch, at) => {
    if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 0) throw new PayloadError(`epoch ${at} of its weights is none`);
    return epoch;
  });
  if (epochs.some((epoch, at) => at > 0 && epoch <= (epochs[at - 1] ?? 0))) throw new PayloadError('the epochs of its weights do not ascend');
  const layers = fields.array('layers', MAX_LAYERS).map((layer, at) => decodeLayer(new Fields(layer, `layer ${at}`), epochs.length));
  return { epochs, layers };
}

function decodeLayer(fields: Fields, count: number): LayerEpochs {
  const connections = fields.count('connections');
  const scales = decodeFloats(fields.text('scales'), count);
  const codes = decodeBase64(fields.text('codes'));
  if (!scales || !scales.every((scale) => scale > 0 && Number.isFinite(scale))) throw new PayloadError(`a layer does not hold ${count} scales`);
  if (!codes || codes.length !== count * connections) throw new PayloadError(`a layer does not hold ${connections} weights for each of ${count} epochs`);
  return {
    key: fields.optionalText('key') ?? '',
    name: fields.optionalText('name') ?? '',
    connections,
    states: Array.from(scales, (scale, k) => ({ scale, codes: new Int8Array(codes.buffer, codes.byteOffset + k * connections, connections) })),
  };
}
