/** What *Visualize Mask* shows of values of the runtime and of tfjs. */
import type { Tensor } from '@tensorflow/tfjs';
import { denseLook, MAX_ENTRIES } from '../../model/look/dense-matrix.js';
import type { LookReply } from '../../model/look/look.js';
import { matrixLook } from '../../model/look/matrix-look.js';
import type { LookRequest } from '../../protocol/host.js';
import { isA } from '../describe/is-a.js';
import { MaskedLayer } from '../layers/masked-layer.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { layerMatrix } from './layer-matrix.js';
import { masksLook, modelLook } from './net-look.js';

/** Undefined for a value of another kind. Runs nothing of the user's: classes are told by their prototypes. */
export function lookAtValue(value: object, request: LookRequest): LookReply | undefined {
  const { title } = request;
  if (isA(value, Mask)) return { status: 'drawn', look: { matrix: matrixLook(value.data, { what: 'a Mask', title }) } };
  if (isMasks(value)) return masksLook(value, request);
  // SAFETY: a tensor of any rank.
  if (isA(value, tf.Tensor)) return tensorLook(value as Tensor, title);
  if (isA(value, tf.LayersModel)) return modelLook(value, request);
  if (!isA(value, tf.layers.Layer)) return undefined;
  const matrix = layerMatrix(value, title);
  if (matrix !== undefined) return { status: 'drawn', look: { matrix } };
  return noMask(title, `a ${value.getClassName()} layer without a matrix of weights`, value.built ? 'Visualize Mask draws dense, convolutional and masked layers.' : 'If it is one that has weights, add it to a model that knows its input shape first.');
}

function tensorLook(tensor: Tensor, title: string): LookReply {
  const { shape, dtype, rank, isDisposed } = tensor;
  const [inputs = 0, outputs = 0] = shape;
  const what = `a tensor of shape [${shape.join(', ')}]`;
  if (isDisposed) return noMask(title, `${what} that was disposed`, 'Run the cell that makes it again, and keep it: tf.keep(tensor).');
  if (rank !== 2) return noMask(title, what, `A mask has rows and columns: reshape it to [inputs, outputs], as in ${title}.reshape([${rank === 1 ? `${shape[0]}, 1` : `${shape.slice(0, -1).reduce((product, extent) => product * extent, 1)}, ${shape.at(-1) ?? 1}`}]).`);
  if (dtype === 'string' || dtype === 'complex64') return noMask(title, `${what} of ${dtype === 'string' ? 'strings' : 'complex numbers'}`, 'A mask is made of numbers or booleans.');
  if (inputs * outputs === 0) return noMask(title, what, 'A mask has at least one input and one output.');
  if (inputs * outputs > MAX_ENTRIES) return noMask(title, what, `That is more than can be looked through at once. Draw a part of it: show.kernel(${title}.slice(…)) in a cell.`);
  const values = tensor.dataSync();
  return { status: 'drawn', look: { matrix: denseLook(inputs, outputs, (i, j) => values[i * outputs + j] ?? 0, { what, title }) } };
}

const noMask = (title: string, what: string, remedy: string): LookReply => ({ status: 'noMask', problem: `\`${title}\` is ${what}, not a mask. ${remedy}` });

function isMasks(value: object): value is readonly Mask[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  for (let at = 0; at < value.length; at++) {
    const entry: unknown = Object.getOwnPropertyDescriptor(value, at)?.value;
    if (typeof entry !== 'object' || entry === null || !isA(entry, Mask)) return false;
  }
  return true;
}

/** Getters of our classes and of tfjs's that a path may go through. */
const GETTERS: readonly (readonly [{ readonly prototype: object }, readonly string[]])[] = [
  [MaskedLayer, ['mask', 'biasMask']],
  [tf.layers.Layer, ['weights', 'trainableWeights', 'nonTrainableWeights']],
];

export function propertyOf(value: object, key: string): { readonly value: unknown } | undefined {
  const [owner] = GETTERS.find(([type, keys]) => keys.includes(key) && isA(value, type)) ?? [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its `this`
  const get = owner && Object.getOwnPropertyDescriptor(owner.prototype, key)?.get;
  return get === undefined ? undefined : { value: Reflect.apply(get, value, []) };
}
