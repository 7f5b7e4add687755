/**
 * A layer variable that holds live weights only, and speaks the dense layout to whoever reads or sets weights.
 *
 * `read()` stays the packed variable (tfjs's `minimize` trains what it returns); `write` takes either layout, so
 * `setWeights` and `loadWeights` of whole models accept a dense checkpoint and keep what is connected.
 */
import type { LayerVariable, Tensor } from '@tensorflow/tfjs';
import { forEachEdge } from '../../model/mask-data.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';

/**
 * The dense shape of a packed variable, and its live entries: [inputs, outputs] of a kernel (for a convolution
 * [height, width, inChannels, filters], whose first three axes are the mask's inputs), or [outputs] of a bias (one row).
 */
export interface DenseView {
  readonly shape: number[];
  readonly mask: Mask;
}

const MAX_DENSE = 2 ** 28;
const views = new WeakMap<LayerVariable, DenseView>();

/** Makes a variable of `view.mask.nnz` values answer for a dense one of `view.shape`. */
export function attachDenseView(variable: LayerVariable, view: DenseView): void {
  views.set(variable, view);
  const write = variable.write.bind(variable);
  variable.write = (value: Tensor) => {
    const now = views.get(variable) ?? view;
    if (value.rank === 1 && value.size === now.mask.nnz) return write(value);
    const packed = tf.tensor1d(toPacked(value, now, variable.name), 'float32');
    write(packed);
    packed.dispose();
    return variable;
  };
}

/**
 * Gives a packed variable another mask and other values, as many as that has connections. It stays the same variable, which
 * models and optimizers know by identity and by name.
 */
export function changeView(variable: LayerVariable, view: DenseView, packed: Float32Array): void {
  const value = tf.tensor1d(packed, 'float32');
  // SAFETY: tfjs only declares these fields read-only; `Variable.assign` itself exchanges the data in this way.
  const inner = variable.read() as unknown as Tensor & { shape: number[]; size: number; dataId: Tensor['dataId'] };
  const engine = tf.engine();
  engine.disposeTensor(inner);
  inner.shape = [packed.length];
  inner.size = packed.length;
  inner.dataId = value.dataId;
  // tfjs does the same when it assigns: null is the backend that computes now.
  engine.incRef(inner, engine.backend);
  value.dispose();
  // SAFETY: as above.
  (variable as { shape: readonly number[] }).shape = inner.shape;
  views.set(variable, view);
}

export const isPacked = (variable: LayerVariable): boolean => views.has(variable);

/** The variable's values in the dense layout: +0 at every missing entry. A new tensor, unless the variable is an ordinary one. */
export function readDense(variable: LayerVariable): Tensor {
  const view = views.get(variable);
  if (!view) return variable.read();
  const { inputs, outputs } = view.mask;
  if (inputs * outputs > MAX_DENSE) {
    throw new Error(`${variable.name}: its dense view has ${inputs * outputs} entries, more than ${MAX_DENSE}; liveWeights() gives the ${view.mask.nnz} live ones`);
  }
  return toDense(variable.read().dataSync(), view);
}

/** Packed values in the dense layout; a new tensor. */
export function toDense(packed: ArrayLike<number>, { shape, mask }: DenseView): Tensor {
  const dense = new Float32Array(mask.inputs * mask.outputs);
  forEachEdge(mask.data, (i, j, k) => {
    dense[i * mask.outputs + j] = packed[k] ?? 0;
  });
  return tf.tensor(dense, shape, 'float32');
}

/** The live entries of a dense tensor; the others are not looked at, NaN or not. @throws Error when its shape is another */
export function toPacked(dense: Tensor, { shape, mask }: DenseView, name: string): Float32Array {
  if (!hasShape(dense, { shape })) {
    throw new Error(`${name}: a value of shape [${dense.shape.join(', ')}] was given, but the weight has shape [${shape.join(', ')}] (packed: [${mask.nnz}])`);
  }
  const values = dense.dataSync();
  const packed = new Float32Array(mask.nnz);
  forEachEdge(mask.data, (i, j, k) => {
    packed[k] = values[i * mask.outputs + j] ?? 0;
  });
  return packed;
}

export const hasShape = (value: Tensor, { shape }: { readonly shape: readonly (number | null)[] }): boolean =>
  value.shape.length === shape.length && value.shape.every((extent, axis) => extent === shape[axis]);

/**
 * `setWeights` over variables some of which are packed: values in the dense layout, in the order of the variables.
 *
 * @throws Error that names the weight, its shape and the one expected; nothing is written unless every value fits
 */
export function setDense(owner: string, variables: readonly LayerVariable[], values: readonly Tensor[]): void {
  if (values?.length !== variables.length) {
    throw new Error(`setWeights of ${owner}: ${values?.length ?? 'no list of'} weights were given, it has ${variables.length}: ${variables.map(describe).join(', ')}`);
  }
  variables.forEach((variable, k) => {
    const value = values[k];
    if (!value || !hasShape(value, views.get(variable) ?? variable)) {
      throw new Error(`setWeights of ${owner}: weight ${k} has shape [${String(value?.shape.join(', '))}], expected ${describe(variable)}`);
    }
  });
  variables.forEach((variable, k) => {
    const value = values[k];
    if (value) variable.write(value);
  });
}

function describe(variable: LayerVariable): string {
  return `${variable.originalName} [${(views.get(variable) ?? variable).shape.join(', ')}]`;
}
