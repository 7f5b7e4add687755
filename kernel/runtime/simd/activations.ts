/** The activations that kernels have, each with its scalar reference. */
import * as code from './jobs.js';

export interface Activation {
  /** The kernels' number for it. */
  readonly kind: number;
  readonly value: (x: number) => number;
  /** The derivative as a function of the activation's value; Keras' at a kink. */
  readonly slope: (y: number) => number;
}

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** By their names in Keras and tfjs. */
export const ACTIVATIONS = {
  linear: { kind: code.LINEAR, value: (x) => x, slope: () => 1 },
  relu: { kind: code.RELU, value: (x) => Math.max(x, 0), slope: (y) => (y > 0 ? 1 : 0) },
  sigmoid: { kind: code.SIGMOID, value: (x) => 1 / (1 + Math.exp(-x)), slope: (y) => y * (1 - y) },
  tanh: { kind: code.TANH, value: Math.tanh, slope: (y) => 1 - y * y },
  elu: { kind: code.ELU, value: (x) => (x < 0 ? Math.expm1(x) : x), slope: (y) => (y < 0 ? y + 1 : 1) },
  selu: {
    kind: code.SELU,
    value: (x) => (x < 0 ? SELU_SCALE * SELU_ALPHA * Math.expm1(x) : SELU_SCALE * x),
    slope: (y) => (y < 0 ? y + SELU_SCALE * SELU_ALPHA : SELU_SCALE),
  },
  relu6: { kind: code.RELU6, value: (x) => Math.min(Math.max(x, 0), 6), slope: (y) => (y > 0 && y < 6 ? 1 : 0) },
  softsign: { kind: code.SOFTSIGN, value: (x) => x / (1 + Math.abs(x)), slope: (y) => (1 - Math.abs(y)) ** 2 },
  hardSigmoid: { kind: code.HARD_SIGMOID, value: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1), slope: (y) => (y > 0 && y < 1 ? 0.2 : 0) },
  exponential: { kind: code.EXPONENTIAL, value: Math.exp, slope: (y) => y },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof ACTIVATIONS;
