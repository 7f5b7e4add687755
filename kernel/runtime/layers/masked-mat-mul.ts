/**
 * y = x · K as a tfjs op, where K [inputs, outputs] exists only as its live weights, packed in CSR order.
 *
 * Three kernels, each linear in both of its inputs, and each other's gradients (so gradients of any order work):
 * the product x · K, its input gradient dy · Kᵀ, and its weight gradient (xᵀ · dy at the connections). They are registered for
 * every backend and run the sparse kernels of `../simd`, one thread, whose results are the same on all of them.
 */
import { types } from 'node:util';
import type { GradConfig, KernelConfig, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { Mask } from '../mask/mask.js';
import { rowProduct, rowWeightGradient } from '../simd/row-products.js';
import { wiringOf } from '../simd/wiring.js';
import { tf } from '../tf/tfjs.js';
import { READERS, type Reader, type WritingBackend } from './kernel-values.js';

const PRODUCT = 'MaskedMatMul';
const INPUT_GRADIENT = 'MaskedMatMulInputGradient';
const WEIGHT_GRADIENT = 'MaskedMatMulWeightGradient';

/**
 * @param x [batch, inputs], float32
 * @param weights [nnz], the live weights in CSR order
 * @returns [batch, outputs]
 */
export const maskedMatMul = (x: Tensor2D, weights: Tensor1D, mask: Mask): Tensor2D => run(PRODUCT, { x, weights }, mask);
const inputGradient = (dy: Tensor2D, weights: Tensor1D, mask: Mask): Tensor2D => run(INPUT_GRADIENT, { dy, weights }, mask);
/** xᵀ · dy at the connections of the mask, [nnz]. */
export const weightGradientOf = (x: Tensor2D, dy: Tensor2D, mask: Mask): Tensor1D => run(WEIGHT_GRADIENT, { x, dy }, mask);

function run<T extends Tensor>(kernelName: string, inputs: Record<string, Tensor>, mask: Mask): T {
  // SAFETY: attributes reach our kernels as they are; tfjs's type only lists what its own kernels use.
  const attrs = { mask } as unknown as KernelAttributes;
  // SAFETY: each of the three kernels returns one tensor, of the rank that its wrapper above declares.
  return tf.engine().runKernel(kernelName, inputs, attrs) as unknown as T;
}

type KernelAttributes = NonNullable<Parameters<KernelConfig['kernelFunc']>[0]['attrs']>;
type Compute = (a: Float32Array, b: Float32Array, mask: Mask) => Float32Array;
interface Definition {
  readonly name: string;
  readonly inputs: readonly [string, string];
  readonly compute: Compute;
  readonly shape: (mask: Mask, values: Float32Array) => number[];
  readonly gradient: (d: Tensor, a: Tensor, b: Tensor, mask: Mask) => readonly [() => Tensor, () => Tensor];
}

// SAFETY (all casts in this table): tfjs hands a gradient the tensors that its kernel was given or returned, whose ranks the
// wrappers above declare.
const DEFINITIONS: readonly Definition[] = [
  {
    name: PRODUCT,
    inputs: ['x', 'weights'],
    compute: (x, weights, mask) => rowProduct(wiringOf(mask).forward, x, weights),
    shape: (mask, y) => [y.length / mask.outputs, mask.outputs],
    gradient: (dy, x, weights, mask) => [
      () => inputGradient(dy as Tensor2D, weights as Tensor1D, mask), // SAFETY: above
      () => weightGradientOf(x as Tensor2D, dy as Tensor2D, mask), // SAFETY: above
    ],
  },
  {
    name: INPUT_GRADIENT,
    inputs: ['dy', 'weights'],
    compute: (dy, weights, mask) => rowProduct(wiringOf(mask).backward, dy, weights),
    shape: (mask, dx) => [dx.length / mask.inputs, mask.inputs],
    gradient: (ddx, dy, weights, mask) => [
      () => maskedMatMul(ddx as Tensor2D, weights as Tensor1D, mask), // SAFETY: above
      () => weightGradientOf(ddx as Tensor2D, dy as Tensor2D, mask), // SAFETY: above
    ],
  },
  {
    name: WEIGHT_GRADIENT,
    inputs: ['x', 'dy'],
    compute: (x, dy, mask) => rowWeightGradient(wiringOf(mask), x, dy),
    shape: (mask) => [mask.nnz],
    gradient: (dw, x, dy, mask) => [
      () => inputGradient(dy as Tensor2D, dw as Tensor1D, mask), // SAFETY: above
      () => maskedMatMul(x as Tensor2D, dw as Tensor1D, mask), // SAFETY: above
    ],
  },
];

for (const definition of DEFINITIONS) {
  for (const [backendName, read] of Object.entries(READERS)) tf.registerKernel({ kernelName: definition.name, backendName, kernelFunc: kernelOf(definition, read) });
  tf.registerGradient(gradientOf(definition));
}

function kernelOf({ name, inputs: [first, second], compute, shape }: Definition, read: Reader): KernelConfig['kernelFunc'] {
  return ({ inputs, backend: anyBackend, attrs }) => {
    // SAFETY: every tfjs backend has `readSync` and `write`.
    const backend = anyBackend as WritingBackend;
    const a = inputs[first];
    const b = inputs[second];
    if (!a || !b) throw new Error(`${name} needs ${first} and ${second}`);
    const [aValues, bValues] = read(backend, [a, b]);
    if (!types.isFloat32Array(aValues) || !types.isFloat32Array(bValues)) throw new Error(`${name} takes float32, got ${a.dtype} and ${b.dtype}`);
    const mask = maskOf(attrs);
    const result = compute(aValues, bValues, mask);
    const resultShape = shape(mask, result);
    return { dataId: backend.write(result, resultShape, 'float32'), shape: resultShape, dtype: 'float32' };
  };
}

function gradientOf({ name, inputs: [first, second], gradient }: Definition): GradConfig {
  return {
    kernelName: name,
    inputsToSave: [first, second],
    gradFunc: (d, [a, b], attrs) => {
      if (Array.isArray(d) || !a || !b) throw new Error(`${name}: the gradient takes one tensor and its two inputs`);
      const [ofFirst, ofSecond] = gradient(d, a, b, maskOf(attrs));
      return { [first]: ofFirst, [second]: ofSecond };
    },
  };
}

function maskOf(attrs: object | undefined): Mask {
  if (attrs && 'mask' in attrs && attrs.mask instanceof Mask) return attrs.mask;
  throw new Error('a masked product needs its mask');
}
