/** Models that between them have every layer, every activation and every way to connect layers that is exported. */
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import { maskedConv2d, maskedDense } from '../../kernel/runtime/layers/index.js';
import { random } from '../../kernel/runtime/masks/random.js';
import { tf } from '../../kernel/runtime/tf/index.js';

export interface ExportedModel {
  readonly build: () => LayersModel;
  /** False: it has a masked convolution, which Keras has as stock layer only. */
  readonly custom?: false;
  /** The names of Keras's layers, those inside models too, when the model is exported as `custom`. */
  readonly masked?: number;
}

const mask = (inputs: number, outputs: number, seed: number) => random(inputs, outputs, { density: 0.5, seed });
const on = (layer: tf.layers.Layer, x: SymbolicTensor | SymbolicTensor[]) => layer.apply(x) as SymbolicTensor;

/** All that tfjs and Keras 3 share, by tfjs's name. */
export const ACTIVATIONS = [
  ...['elu', 'linear', 'relu', 'relu6', 'selu', 'sigmoid', 'softmax', 'softplus', 'softsign', 'tanh', 'swish', 'mish', 'gelu'],
  ...['hardSigmoidKeras3', 'hardSilu', 'leakyRelu', 'exponential', 'celu', 'hardTanh', 'hardShrink', 'softShrink', 'tanhShrink', 'logSigmoid'],
  ...['squareplus', 'sparsePlus', 'sparseSigmoid'],
];

const stack = () =>
  tf.sequential({
    layers: [
      maskedDense({ connections: mask(6, 8, 1), inputShape: [6], activation: 'hardSigmoidKeras3' as never, biasMask: [1, 1, 0, 1, 0, 1, 1, 1], biasInitializer: 'ones', kernelConstraint: 'maxNorm', kernelRegularizer: tf.regularizers.l1l2({ l1: 0, l2: 0.1 }) }),
      tf.layers.batchNormalization({ gammaInitializer: 'randomNormal', movingMeanInitializer: 'randomNormal' }),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      tf.layers.dropout({ rate: 0.5 }),
      maskedDense({ connections: mask(8, 5, 2), useBias: false, activation: 'swish' }),
      tf.layers.layerNormalization({ gammaInitializer: 'randomNormal' }),
      tf.layers.activation({ activation: 'gelu' }),
      maskedDense({ connections: mask(5, 4, 3), biasMask: 'auto', activation: 'softmax' }),
      tf.layers.elu({}),
      tf.layers.dense({ units: 3, activation: 'tanh', kernelInitializer: 'leCunNormal' }),
    ],
  });

function graph() {
  const input = tf.input({ shape: [4], name: 'features' });
  const late = tf.layers.dense({ units: 3, name: 'late' });
  const left = on(maskedDense({ connections: mask(4, 3, 4), name: 'left', activation: 'tanh', biasInitializer: 'ones' }), input);
  const right = on(maskedDense({ connections: mask(4, 3, 5), name: 'right' }), input);
  const sum = on(tf.layers.add(), [left, on(late, right)]);
  const all = on(tf.layers.concatenate(), [input, on(tf.layers.multiply(), [sum, right]), on(tf.layers.maximum(), [left, right])]);
  return tf.model({ inputs: input, outputs: on(maskedDense({ connections: mask(10, 2, 6), name: 'out' }), all) });
}

/** Two inputs, two outputs, a layer that is used twice. */
function ends() {
  const [a, b] = [tf.input({ shape: [4] }), tf.input({ shape: [4] })];
  const shared = maskedDense({ connections: mask(4, 3, 10), activation: 'tanh' });
  const [left, right] = [on(shared, a), on(shared, b)];
  const out = on(maskedDense({ connections: mask(3, 3, 11) }), on(tf.layers.average(), [left, right]));
  return tf.model({ inputs: [a, b], outputs: [out, on(tf.layers.minimum(), [left, on(shared, on(tf.layers.dense({ units: 4 }), right))])] });
}

/** A functional model around a Sequential, which is used twice, around a functional one; some of it is not trained. */
function nested() {
  const x = tf.input({ shape: [3] });
  const core = tf.model({ inputs: x, outputs: on(tf.layers.batchNormalization({ movingMeanInitializer: 'randomNormal' }), on(maskedDense({ connections: mask(3, 4, 12), trainable: false }), x)), name: 'core' });
  const block = tf.sequential({ layers: [core, maskedDense({ connections: mask(4, 3, 13), activation: 'relu' }), tf.layers.batchNormalization({ movingMeanInitializer: 'randomNormal' })], name: 'block' });
  const y = tf.input({ shape: [3] });
  const twice = on(block, on(tf.layers.dense({ units: 3 }), on(block, y)));
  return tf.model({ inputs: y, outputs: on(maskedDense({ connections: mask(3, 2, 14) }), twice) });
}

const image = () =>
  tf.sequential({
    layers: [
      maskedConv2d({ connections: mask(2, 4, 7), kernelSize: 3, inputShape: [6, 6, 2], activation: 'relu', padding: 'same', biasMask: [1, 0, 1, 1], biasInitializer: 'ones' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'sigmoid' }),
      tf.layers.flatten(),
      maskedDense({ connections: mask(12, 2, 8) }),
    ],
  });

const strided = () =>
  tf.sequential({
    layers: [
      maskedConv2d({ connections: random(12, 4, { density: 0.5, seed: 15 }).toTensor().reshape([3, 2, 2, 4]).arraySync() as never, kernelSize: [3, 2], strides: [2, 1], inputShape: [7, 6, 2], useBias: false }),
      maskedConv2d({ connections: mask(4, 3, 16), kernelSize: 2, dilationRate: 2, activation: 'tanh' }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });

const layers = () =>
  tf.sequential({
    layers: [
      tf.layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2, inputShape: [4, 5, 2] }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', depthwiseInitializer: 'glorotNormal' }),
      tf.layers.cropping2D({ cropping: [[1, 0], [0, 2]] }),
      tf.layers.separableConv2d({ filters: 4, kernelSize: 2, strides: 2, biasInitializer: 'ones' }),
      tf.layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
      tf.layers.zeroPadding2d({ padding: 1 }),
      tf.layers.upSampling2d({ size: [2, 2] }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.repeatVector({ n: 6 }),
      tf.layers.permute({ dims: [2, 1] }),
      tf.layers.conv1d({ filters: 2, kernelSize: 2, padding: 'same' }),
      tf.layers.reshape({ targetShape: [4, 2] }),
      tf.layers.prelu({ alphaInitializer: 'randomNormal' }),
      tf.layers.reLU({ maxValue: 1 }),
      tf.layers.softmax({ axis: -1 }),
      tf.layers.averagePooling1d({ poolSize: 2 }),
      tf.layers.globalMaxPooling1d({}),
      tf.layers.gaussianNoise({ stddev: 1 }),
      maskedDense({ connections: mask(2, 2, 17) }),
    ],
  });

const activations = () => {
  const x = tf.input({ shape: [5] });
  const all = ACTIVATIONS.map((activation, k) => on(maskedDense({ connections: mask(5, 3, k), activation: activation as 'tanh', name: `act_${activation}` }), x));
  return tf.model({ inputs: x, outputs: all });
};

const parts = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [4], kernelInitializer: 'heUniform', kernelConstraint: 'nonNeg', biasInitializer: tf.initializers.constant({ value: 0.5 }) }),
      maskedDense({ connections: mask(4, 4, 18), kernelInitializer: tf.initializers.varianceScaling({ scale: 2, mode: 'fanOut', distribution: 'normal' }), biasConstraint: 'unitNorm', biasRegularizer: tf.regularizers.l1({ l1: 0.01 }) }),
      maskedDense({ connections: mask(4, 3, 19), kernelConstraint: tf.constraints.minMaxNorm({ minValue: 0.1, maxValue: 0.5, axis: 0 }), kernelInitializer: 'orthogonal', trainable: false }),
      tf.layers.batchNormalization({ center: false, scale: false }),
    ],
  });

/** Rank 3, no connection at all, and a description of more than the 64 KB that an attribute of HDF5 holds. */
const wide = () =>
  tf.sequential({
    layers: [maskedDense({ connections: mask(300, 200, 20), inputShape: [2, 300], activation: 'tanh' }), maskedDense({ connections: { shape: [200, 2], edges: [] }, biasInitializer: 'ones' })],
  });

export const EXPORTED: Readonly<Record<string, ExportedModel>> = {
  stack: { build: stack, masked: 3 },
  graph: { build: graph, masked: 3 },
  ends: { build: ends, masked: 2 },
  nested: { build: nested, masked: 3 },
  activations: { build: activations, masked: ACTIVATIONS.length },
  parts: { build: parts, masked: 2 },
  wide: { build: wide, masked: 2 },
  layers: { build: layers, masked: 1 },
  image: { build: image, custom: false },
  strided: { build: strided, custom: false },
};
