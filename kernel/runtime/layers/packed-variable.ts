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

/** The dense shape of a packed variable, and its live entries: [inputs, outputs] of a kernel, or [outputs] of a bias (one row). */
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
  const isPacked = (value: Tensor): boolean => value.rank === 1 && value.size === view.mask.nnz;
  variable.write = (value: Tensor) => {
    if (isPacked(value)) return write(value);
    const packed = toPacked(value, view, variable.name);
    write(packed);
    packed.dispose();
    return variable;
  };
}

export const isPacked = (variable: LayerVariable): boolean => views.has(variable);

/** The variable's values in the dense layout: +0 at every missing entry. A new tensor, unless the variable is an ordinary one. */
export function readDense(variable: LayerVariable): Tensor {
  const view = views.get(variable);
  if (!view) return variable.read();
  const { data, inputs, outputs } = view.mask;
  if (inputs * outputs > MAX_DENSE) {
    throw new Error(`${variable.name}: its dense view has ${inputs * outputs} entries, more than ${MAX_DENSE}; liveWeights() gives the ${view.mask.nnz} live ones`);
  }
  const packed = variable.read().dataSync();
  const dense = new Float32Array(inputs * outputs);
  forEachEdge(data, (i, j, k) => {
    dense[i * outputs + j] = packed[k] ?? 0;
  });
  return tf.tensor(dense, view.shape);
}

/** The live entries of a dense tensor; the others are not looked at, NaN or not. */
function toPacked(dense: Tensor, { shape, mask }: DenseView, name: string): Tensor {
  if (!hasShape(dense, { shape })) {
    throw new Error(`${name}: a value of shape [${dense.shape.join(', ')}] was given, but the weight has shape [${shape.join(', ')}] (packed: [${mask.nnz}])`);
  }
  const values = dense.dataSync();
  const packed = new Float32Array(mask.nnz);
  forEachEdge(mask.data, (i, j, k) => {
    packed[k] = values[i * mask.outputs + j] ?? 0;
  });
  return tf.tensor1d(packed);
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
