/**
 * Everything of tfjs `dense`'s configuration that a masked layer shares with it. tfjs does not export the functions that turn
 * names into activations, initializers and regularizers, so a dense layer that is never built reads (and writes) them.
 */
import type { Tensor, serialization } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';

export type DenseConfig = Parameters<typeof tf.layers.dense>[0];

export interface Initializer {
  apply(shape: number[], dtype?: 'float32'): Tensor;
  getClassName(): string;
  getConfig(): serialization.ConfigDict;
}

/** As `Layer.addWeight` takes it: called with the packed weights, so a penalty counts live ones only. */
export interface Regularizer {
  apply(weights: Tensor): Tensor;
}

export interface DenseSettings {
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly activityRegularizer: Regularizer | null;
  getConfig(): serialization.ConfigDict;
}

/** @throws tfjs's own error for a name that it does not know, and ours for a constraint */
export function readDenseSettings(config: Omit<DenseConfig, 'units'>, units: number): DenseSettings {
  for (const name of ['kernelConstraint', 'biasConstraint'] as const) {
    if (config[name] !== undefined && config[name] !== null) {
      throw new Error(`maskedDense: ${name} is not supported yet (tfjs itself ignores it in fit); leave it out, or use a regularizer`);
    }
  }
  const dense = tf.layers.dense({ ...config, units, name: 'settings' });
  // SAFETY: `Dense` of tfjs-layers 4.22 has these members; the ones that TypeScript hides are plain properties.
  return dense as unknown as DenseSettings;
}
