import type { serialization } from '@tensorflow/tfjs';
import type { AwaitedMask, Mask, MaskSource } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { MaskedConv2d, type MaskedConv2dConfig } from './masked-conv2d.js';
import { MaskedDense, type MaskedDenseConfig } from './masked-dense.js';

export { MaskedConv2d, type MaskedConv2dConfig } from './masked-conv2d.js';
export { MaskedDense, type MaskedDenseConfig } from './masked-dense.js';
export { MaskedLayer, type UpdateMaskOptions } from './masked-layer.js';

/**
 * A dense layer in which only the connections of a mask exist.
 *
 * @example model.add(maskedDense({ units: 2, connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3] }));
 */
export const maskedDense = (config: MaskedDenseConfig): MaskedDense => new MaskedDense(config);

/**
 * A 2-D convolution in which only some input channels reach a filter, or only some places of a kernel exist.
 *
 * @example model.add(maskedConv2d({ kernelSize: 5, connections: masks.lenet5C3(), activation: 'tanh' }));
 */
export const maskedConv2d = (config: MaskedConv2dConfig): MaskedConv2d => new MaskedConv2d(config);

/** `maskedDense` under the name and with the arguments of the question that Patchbay answers. */
export const CustomConnected = (units: number, connections: Mask | AwaitedMask | MaskSource, config: Omit<MaskedDenseConfig, 'units' | 'connections'> = {}): MaskedDense =>
  new MaskedDense({ ...config, units, connections });

// Keras code of that question saves its layers under these names; they load as ours.
for (const className of ['CustomConnected', 'Custom>CustomConnected']) {
  const loader = { className, fromConfig: (_class: unknown, config: serialization.ConfigDict) => new MaskedDense(maskedConfig(config)) };
  // SAFETY: tfjs reads a registered class's `className` and `fromConfig`, and never constructs it otherwise.
  tf.serialization.registerClass(loader as unknown as typeof MaskedDense);
}

function maskedConfig(config: serialization.ConfigDict): MaskedDenseConfig {
  // SAFETY: a saved config; MaskedDense checks what it holds.
  return config as unknown as MaskedDenseConfig;
}
