/**
 * The patches of a convolution as a tfjs op: with them, a convolution is a product with its kernel as a matrix, and a masked
 * one a masked product. Two linear kernels, each the other's gradient, for every backend.
 */
import { types } from 'node:util';
import type { KernelConfig, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { patchesOf, patchSize, sumOfPatches, type ConvGeometry } from './conv-geometry.js';
import { READERS, type WritingBackend } from './kernel-values.js';

const PATCHES = 'ConvPatches';
const SUM = 'ConvPatchesSum';

/**
 * @param x [batch, height, width, channels], float32
 * @returns [batch · outHeight · outWidth, kernelHeight · kernelWidth · channels]
 */
// SAFETY: the kernel below returns one tensor of two axes.
export const patches = (x: Tensor4D, geometry: ConvGeometry): Tensor2D => run(PATCHES, x, geometry) as Tensor2D;

function run(kernelName: string, x: Tensor, geometry: ConvGeometry): Tensor {
  // SAFETY: attributes reach our kernels as they are; tfjs's type only lists what its own kernels use.
  const attrs = { geometry } as unknown as NonNullable<Parameters<KernelConfig['kernelFunc']>[0]['attrs']>;
  // SAFETY: both kernels return one tensor.
  return tf.engine().runKernel(kernelName, { x }, attrs) as unknown as Tensor;
}

interface Definition {
  readonly name: string;
  readonly inverse: string;
  readonly compute: (x: Float32Array, geometry: ConvGeometry) => Float32Array;
  readonly shape: (geometry: ConvGeometry) => number[];
}

const DEFINITIONS: readonly Definition[] = [
  { name: PATCHES, inverse: SUM, compute: patchesOf, shape: (g) => [g.batch * g.outHeight * g.outWidth, patchSize(g)] },
  { name: SUM, inverse: PATCHES, compute: sumOfPatches, shape: (g) => [g.batch, g.height, g.width, g.channels] },
];

for (const { name, inverse, compute, shape } of DEFINITIONS) {
  for (const [backendName, read] of Object.entries(READERS)) {
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs: { x }, backend: anyBackend, attrs }) => {
        // SAFETY: every tfjs backend has `readSync` and `write`.
        const backend = anyBackend as WritingBackend;
        const [values] = x ? read(backend, [x]) : [];
        if (!types.isFloat32Array(values)) throw new Error(`${name} takes float32, got ${x?.dtype ?? 'nothing'}`);
        const geometry = geometryOf(attrs);
        const result = compute(values, geometry);
        return { dataId: backend.write(result, shape(geometry), 'float32'), shape: shape(geometry), dtype: 'float32' };
      },
    });
  }
  tf.registerGradient({
    kernelName: name,
    gradFunc: (dy, _saved, attrs) => {
      if (Array.isArray(dy)) throw new Error(`${name}: the gradient takes one tensor`);
      return { x: () => run(inverse, dy, geometryOf(attrs)) };
    },
  });
}

function geometryOf(attrs: object | undefined): ConvGeometry {
  // SAFETY: `run` above is the one that calls these kernels.
  if (attrs && 'geometry' in attrs) return attrs.geometry as ConvGeometry;
  throw new Error('patches need their geometry');
}
