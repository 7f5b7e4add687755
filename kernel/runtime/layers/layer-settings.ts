/**
 * Everything of a tfjs layer's configuration that a masked layer shares with it. tfjs does not export the functions that turn
 * names into activations, initializers, regularizers and constraints, so a layer that is never built reads (and writes) them.
 */
import type { Tensor, serialization } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { givenConstraint, type Constraint, type ConstraintSource } from './constraints.js';

type WithConstraints<T> = Omit<T, 'kernelConstraint' | 'biasConstraint'> & {
  /** A name, a constraint of `tf.constraints`, or any object with a method `apply(dense kernel)`. Acts after every step. */
  kernelConstraint?: ConstraintSource;
  /** Likewise, for the bias. */
  biasConstraint?: ConstraintSource;
};
export type DenseConfig = WithConstraints<Parameters<typeof tf.layers.dense>[0]>;
export type Conv2dConfig = WithConstraints<Parameters<typeof tf.layers.conv2d>[0]>;

export interface Initializer {
  apply(shape: number[], dtype?: 'float32'): Tensor;
  getClassName(): string;
  getConfig(): serialization.ConfigDict;
}

/** As `Layer.addWeight` takes it: called with the packed weights, so a penalty counts live ones only. */
export interface Regularizer {
  apply(weights: Tensor): Tensor;
}

export interface LayerSettings {
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly activityRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
  getConfig(): serialization.ConfigDict;
}

/** What a conv2d layer has beyond that. */
export interface Conv2dSettings extends LayerSettings {
  readonly filters: number;
  readonly kernelSize: [height: number, width: number];
  readonly strides: [number, number];
  readonly padding: 'valid' | 'same';
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly dilationRate: [number, number];
  computeOutputShape(inputShape: (number | null)[]): (number | null)[];
}

/** @throws tfjs's own error for a name that it does not know, and ours for what is no constraint */
export function readDenseSettings(config: Omit<DenseConfig, 'units'>, units: number): LayerSettings {
  return withConstraints('maskedDense', config, (rest) => tf.layers.dense({ ...rest, units, name: 'settings' }));
}

/** @throws as `readDenseSettings` */
export function readConv2dSettings(config: Conv2dConfig): Conv2dSettings {
  return withConstraints('maskedConv2d', config, (rest) => tf.layers.conv2d({ ...rest, name: 'settings' }));
}

function withConstraints<C extends { kernelConstraint?: ConstraintSource; biasConstraint?: ConstraintSource }, S extends LayerSettings>(
  owner: string,
  config: C,
  make: (config: Omit<C, 'kernelConstraint' | 'biasConstraint'> & { kernelConstraint?: string; biasConstraint?: string }) => object,
): S {
  const { kernelConstraint, biasConstraint, ...rest } = config;
  const kernel = givenConstraint(`${owner}: kernelConstraint`, kernelConstraint);
  const bias = givenConstraint(`${owner}: biasConstraint`, biasConstraint);
  // SAFETY: tfjs reads a name, a configuration and its own constraints; its declaration lists the names only.
  const named = { ...(kernel.named !== undefined && { kernelConstraint: kernel.named as string }), ...(bias.named !== undefined && { biasConstraint: bias.named as string }) };
  const settings = make({ ...rest, ...named });
  // tfjs writes a constraint into the saved configuration from these fields.
  if (kernel.own) Reflect.set(settings, 'kernelConstraint', kernel.own);
  if (bias.own) Reflect.set(settings, 'biasConstraint', bias.own);
  // SAFETY: `Dense` and `Conv2D` of tfjs-layers 4.22 have these members; the ones that TypeScript hides are plain properties.
  return settings as unknown as S;
}
