/** Activations of Keras 3 that TensorFlow.js has not, or has another function under the name of. */
import type { Tensor, serialization } from '@tensorflow/tfjs';
import { tf } from '../../tf/tfjs.js';

/** The name under which a tfjs layer takes it; `activation: 'hardSigmoidKeras3'` works in any layer. */
const FUNCTIONS = {
  /** relu6(x + 3) / 6: Keras 3's `hard_sigmoid`. tfjs's `hardSigmoid` is Keras 2's clip(0.2 x + 0.5, 0, 1). */
  hardSigmoidKeras3: (x: Tensor) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  hardSilu: (x: Tensor) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  leakyRelu: (x: Tensor) => tf.leakyRelu(x, 0.2),
  exponential: (x: Tensor) => tf.exp(x),
  celu: (x: Tensor) => tf.add(tf.relu(x), tf.minimum(tf.sub(tf.exp(tf.minimum(x, 0)), 1), 0)),
  hardTanh: (x: Tensor) => tf.clipByValue(x, -1, 1),
  /** x where |x| > 1/2, else 0. */
  hardShrink: (x: Tensor) => tf.mul(x, tf.step(tf.sub(tf.abs(x), 0.5))),
  softShrink: (x: Tensor) => tf.sub(tf.relu(tf.sub(x, 0.5)), tf.relu(tf.sub(tf.neg(x), 0.5))),
  tanhShrink: (x: Tensor) => tf.sub(x, tf.tanh(x)),
  logSigmoid: (x: Tensor) => tf.neg(tf.softplus(tf.neg(x))),
  squareplus: (x: Tensor) => tf.div(tf.add(x, tf.sqrt(tf.add(tf.square(x), 4))), 2),
  /** 0 below -1, (x + 1)²/4, x from 1 on. */
  sparsePlus: (x: Tensor) => tf.add(tf.div(tf.square(tf.add(tf.clipByValue(x, -1, 1), 1)), 4), tf.relu(tf.sub(x, 1))),
  sparseSigmoid: (x: Tensor) => tf.clipByValue(tf.div(tf.add(x, 1), 2), 0, 1),
};

for (const [className, apply] of Object.entries(FUNCTIONS)) {
  class KerasActivation extends tf.serialization.Serializable {
    static readonly className = className;
    getConfig(): serialization.ConfigDict {
      return {};
    }
    apply(x: Tensor): Tensor {
      return tf.tidy(() => apply(x));
    }
  }
  tf.serialization.registerClass(KerasActivation);
}

/** Keras 3's name to tfjs's, both ways one to one. */
const TFJS: Readonly<Record<string, string>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  hard_sigmoid: 'hardSigmoidKeras3',
  softplus: 'softplus',
  softsign: 'softsign',
  tanh: 'tanh',
  softmax: 'softmax',
  log_softmax: 'logSoftmax',
  gelu: 'gelu',
  mish: 'mish',
  silu: 'swish',
  hard_silu: 'hardSilu',
  leaky_relu: 'leakyRelu',
  exponential: 'exponential',
  celu: 'celu',
  hard_tanh: 'hardTanh',
  hard_shrink: 'hardShrink',
  soft_shrink: 'softShrink',
  tanh_shrink: 'tanhShrink',
  log_sigmoid: 'logSigmoid',
  squareplus: 'squareplus',
  sparse_plus: 'sparsePlus',
  sparse_sigmoid: 'sparseSigmoid',
};
const ALIASES: Readonly<Record<string, string>> = { swish: 'silu', hard_swish: 'hard_silu' };

/** @param version of Keras: up to 2 its `hard_sigmoid` is tfjs's */
export function activationFromKeras(name: string, version: number): string | undefined {
  if (name === 'hard_sigmoid' && version < 3) return 'hardSigmoid';
  return TFJS[ALIASES[name] ?? name];
}

const KERAS = new Map(Object.entries(TFJS).map(([keras, tfjs]) => [tfjs.toLowerCase(), keras]));

/** @param name as tfjs writes it, in either case style; undefined where Keras 3 has no such function, as for Keras 2's hard_sigmoid */
export const activationToKeras = (name: string): string | undefined => KERAS.get(name.replaceAll('_', '').toLowerCase());
