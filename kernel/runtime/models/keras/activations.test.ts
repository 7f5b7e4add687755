import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ready, tf } from '../../tf/index.js';
import { activationFromKeras, activationToKeras } from './activations.js';

beforeAll(() => ready);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const relu6 = (x: number) => Math.min(6, Math.max(0, x));
/** As keras.activations defines them. */
const FORMULAS: Record<string, (x: number) => number> = {
  hard_sigmoid: (x) => relu6(x + 3) / 6,
  hard_silu: (x) => (x * relu6(x + 3)) / 6,
  leaky_relu: (x) => (x < 0 ? 0.2 * x : x),
  exponential: Math.exp,
  celu: (x) => Math.max(0, x) + Math.min(0, Math.exp(x) - 1),
  hard_tanh: (x) => Math.min(1, Math.max(-1, x)),
  hard_shrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  soft_shrink: (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5),
  tanh_shrink: (x) => x - Math.tanh(x),
  log_sigmoid: (x) => Math.log(sigmoid(x)),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  sparse_plus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
  sparse_sigmoid: (x) => Math.min(1, Math.max(0, (x + 1) / 2)),
};
const POINTS = [-7, -3.2, -1.4, -0.7, -0.3, 0.2, 0.6, 1.3, 2.9, 5.5];

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(() => tf.setBackend(backend));

  it.each(Object.entries(FORMULAS))('%s is Keras\'s, and so is its derivative', (keras, formula) => {
    tf.tidy(() => {
      const name = activationFromKeras(keras, 3)!;
      const layer = tf.layers.activation({ activation: name as never, inputShape: [POINTS.length] });
      const apply = (x: Tensor) => layer.apply(x) as Tensor;
      const x = tf.tensor2d([POINTS]);
      const [y, dy] = [apply(x), tf.grad((t: Tensor) => apply(t))(x)].map((tensor) => Array.from(tensor.dataSync()));
      POINTS.forEach((point, k) => {
        expect(y![k], `${name}(${point})`).toBeCloseTo(formula(point), 4);
        expect(dy![k], `derivative at ${point}`).toBeCloseTo((formula(point + 1e-5) - formula(point - 1e-5)) / 2e-5, 3);
      });
    });
  });
});

it('goes to Keras and back, by both names', () => {
  for (const keras of [...Object.keys(FORMULAS), 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'softplus', 'softsign', 'tanh', 'softmax', 'log_softmax', 'gelu', 'mish', 'silu', 'linear']) {
    expect(activationToKeras(activationFromKeras(keras, 3)!), keras).toBe(keras);
  }
  expect([activationFromKeras('swish', 3), activationFromKeras('hard_swish', 3), activationFromKeras('sparsemax', 3)]).toEqual(['swish', 'hardSilu', undefined]);
  expect([activationFromKeras('hard_sigmoid', 2), activationToKeras('hardSigmoid')]).toEqual(['hardSigmoid', undefined]);
});
