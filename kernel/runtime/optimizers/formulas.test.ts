/** The update formulas in float64, written from the papers' and Keras' definitions one weight at a time, as an oracle for the tensors' form. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { ready, tf } from '../tf/index.js';
import * as optimizers from './index.js';

/** What one weight moves by for a gradient; remembers what it needs. */
type Weight = (g: number, rate: number) => number;

const sgd = (mu: number, nesterov: boolean): Weight => {
  let m = 0;
  return (g, r) => {
    m = mu * m - r * g;
    return nesterov ? mu * m - r * g : m;
  };
};

const adam = (b1: number, b2: number, eps: number, amsgrad: boolean): Weight => {
  let [m, v, largest, t] = [0, 0, 0, 0];
  return (g, r) => {
    t += 1;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g ** 2;
    largest = Math.max(largest, v);
    return (-r * Math.sqrt(1 - b2 ** t) * m) / ((1 - b1 ** t) * (Math.sqrt(amsgrad ? largest : v) + eps));
  };
};

const adamax = (b1: number, b2: number, eps: number): Weight => {
  let [m, u, t] = [0, 0, 0];
  return (g, r) => {
    t += 1;
    m = b1 * m + (1 - b1) * g;
    u = Math.max(b2 * u, Math.abs(g));
    return (-r * m) / ((1 - b1 ** t) * (u + eps));
  };
};

const nadam = (b1: number, b2: number, eps: number): Weight => {
  let [m, v, t] = [0, 0, 0];
  const mu = (k: number) => b1 * (1 - 0.96 ** k / 2);
  const product = (to: number) => Array.from({ length: to }, (_, k) => mu(k + 1)).reduce((a, b) => a * b, 1);
  return (g, r) => {
    t += 1;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g ** 2;
    const ahead = (mu(t + 1) * m) / (1 - product(t + 1)) + ((1 - mu(t)) * g) / (1 - product(t));
    return (-r * ahead) / (Math.sqrt(v / (1 - b2 ** t)) + eps);
  };
};

const rmsprop = (rho: number, mu: number, eps: number, centered: boolean): Weight => {
  let [v, a, m] = [0, 0, 0];
  return (g, r) => {
    v = rho * v + (1 - rho) * g ** 2;
    a = rho * a + (1 - rho) * g;
    m = mu * m + (r * g) / Math.sqrt(v - (centered ? a ** 2 : 0) + eps);
    return -m;
  };
};

const adagrad = (start: number, eps: number): Weight => {
  let sum = start;
  return (g, r) => {
    sum += g ** 2;
    return (-r * g) / Math.sqrt(sum + eps);
  };
};

const adadelta = (rho: number, eps: number): Weight => {
  let [grads, deltas] = [0, 0];
  return (g, r) => {
    grads = rho * grads + (1 - rho) * g ** 2;
    const d = (-Math.sqrt(deltas + eps) / Math.sqrt(grads + eps)) * g;
    deltas = rho * deltas + (1 - rho) * d ** 2;
    return r * d;
  };
};

const lion = (b1: number, b2: number): Weight => {
  let m = 0;
  return (g, r) => {
    const direction = Math.sign(b1 * m + (1 - b1) * g);
    m = b2 * m + (1 - b2) * g;
    return -r * direction;
  };
};

const [b1, b2, eps, rho, mu] = [0.8, 0.95, 1e-3, 0.85, 0.7];
const CASES: [string, (common: optimizers.CommonOptions) => optimizers.KerasOptimizer, () => Weight][] = [
  ['sgd', optimizers.sgd, () => sgd(0, false)],
  ['momentum', (c) => optimizers.sgd({ ...c, momentum: mu }), () => sgd(mu, false)],
  ['nesterov', (c) => optimizers.sgd({ ...c, momentum: mu, nesterov: true }), () => sgd(mu, true)],
  ['adam', (c) => optimizers.adam({ ...c, beta1: b1, beta2: b2, epsilon: eps }), () => adam(b1, b2, eps, false)],
  ['adam, defaults', optimizers.adam, () => adam(0.9, 0.999, 1e-7, false)],
  ['adam, amsgrad', (c) => optimizers.adam({ ...c, beta1: b1, beta2: b2, epsilon: eps, amsgrad: true }), () => adam(b1, b2, eps, true)],
  ['adamw', (c) => optimizers.adamw({ ...c, weightDecay: c.weightDecay ?? 0, beta1: b1, beta2: b2, epsilon: eps }), () => adam(b1, b2, eps, false)],
  ['adamax', (c) => optimizers.adamax({ ...c, beta1: b1, beta2: b2, epsilon: eps }), () => adamax(b1, b2, eps)],
  ['nadam', (c) => optimizers.nadam({ ...c, beta1: b1, beta2: b2, epsilon: eps }), () => nadam(b1, b2, eps)],
  ['rmsprop', (c) => optimizers.rmsprop({ ...c, rho, epsilon: eps }), () => rmsprop(rho, 0, eps, false)],
  ['rmsprop, momentum', (c) => optimizers.rmsprop({ ...c, rho, epsilon: eps, momentum: mu }), () => rmsprop(rho, mu, eps, false)],
  ['rmsprop, centered', (c) => optimizers.rmsprop({ ...c, rho, epsilon: eps, centered: true }), () => rmsprop(rho, 0, eps, true)],
  ['rmsprop, both', (c) => optimizers.rmsprop({ ...c, rho, epsilon: eps, momentum: mu, centered: true }), () => rmsprop(rho, mu, eps, true)],
  ['adagrad', (c) => optimizers.adagrad({ ...c, initialAccumulatorValue: 0.2, epsilon: eps }), () => adagrad(0.2, eps)],
  ['adadelta', (c) => optimizers.adadelta({ ...c, rho, epsilon: eps }), () => adadelta(rho, eps)],
  ['lion', (c) => optimizers.lion({ ...c, beta1: b1, beta2: b2 }), () => lion(b1, b2)],
];

/** Clipping, decay, update and average of a step over two variables, in float64. */
class Reference {
  readonly weights: number[][];
  readonly #move: Weight[][];
  readonly #average: number[][] = [];
  #step = 0;

  constructor(start: number[][], make: () => Weight, readonly common: optimizers.CommonOptions) {
    this.weights = start.map((list) => [...list]);
    this.#move = start.map((list) => list.map(make));
  }

  apply(gradients: number[][]): void {
    const { clipNorm, clipValue, globalClipNorm, weightDecay, useEma, emaMomentum = 0.99, emaOverwriteFrequency, learningRate } = this.common;
    const rate = typeof learningRate === 'function' ? learningRate(this.#step) : learningRate!;
    this.#step += 1;
    const shrink = (norm: number, limit: number) => (norm > limit ? limit / norm : 1);
    gradients.forEach((list, k) => {
      const scale = clipNorm ? shrink(Math.hypot(...list), clipNorm) : globalClipNorm ? shrink(Math.hypot(...gradients.flat()), globalClipNorm) : 1;
      const next = list.map((raw, n) => {
        const g = clipValue ? Math.min(clipValue, Math.max(-clipValue, raw)) : raw * scale;
        const w = this.weights[k]![n]!;
        return w - w * (weightDecay ?? 0) * rate + this.#move[k]![n]!(g, rate);
      });
      const average = this.#average[k]?.map((value, n) => value * emaMomentum + next[n]! * (1 - emaMomentum)) ?? next;
      this.#average[k] = average;
      this.weights[k] = useEma && emaOverwriteFrequency && this.#step % emaOverwriteFrequency === 0 ? average : next;
    });
  }
}

await ready;
const start = [[0.5, -1.25, 0], [2, 0]];
const variables = start.map((list) => tf.variable(tf.tensor1d(list)));
afterAll(() => tf.dispose(variables));

const entry = fc.integer({ min: -48, max: 48 }).map((n) => n / 16);
// The last entry of each variable is one that is not connected: its weight and its gradients are 0.
const gradients = fc.array(fc.tuple(fc.tuple(entry, entry, fc.constant(0)), fc.tuple(entry, fc.constant(0))), { minLength: 1, maxLength: 12 });
const common: fc.Arbitrary<optimizers.CommonOptions> = fc.record({
  learningRate: fc.oneof(fc.constantFrom(0.01, 0.25), fc.constant((step: number) => 0.2 / (1 + step))),
  weightDecay: fc.constantFrom(null, 0.1),
  limit: fc.constantFrom({}, { clipNorm: 1 }, { clipValue: 0.75 }, { globalClipNorm: 1.5 }),
  average: fc.constantFrom({}, { useEma: true, emaMomentum: 0.75, emaOverwriteFrequency: 3 }, { useEma: true }),
}).map(({ limit, average, ...rest }) => ({ ...rest, ...limit, ...average }));

describe.each(BACKENDS)('against float64, on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(CASES)('%s', (_name, make, weight) => {
    // One seed: a sum that float32 rounds across 0 would turn a step of Lion around, for which there is no tolerance.
    fc.assert(
      fc.property(gradients, common, (steps, options) => {
        variables.forEach((variable, k) => tf.tidy(() => variable.assign(tf.tensor1d(start[k]!))));
        const optimizer = make(options);
        const reference = new Reference(start, weight, options);
        for (const step of steps) {
          tf.tidy(() => optimizer.applyGradients(variables.map(({ name }, k) => ({ name, tensor: tf.tensor1d([...step[k]!]) }))));
          reference.apply(step.map((list) => [...list]));
          const got = variables.map((variable) => Array.from(variable.dataSync()));
          got.flat().forEach((value, n) => expect(Math.abs(value - reference.weights.flat()[n]!), `entry ${n}: ${value}, expected ${reference.weights.flat()[n]}`).toBeLessThan(2e-5));
          expect([Object.is(got[0]![2], 0), Object.is(got[1]![1], 0)], 'unconnected entries are +0').toEqual([true, true]);
        }
        optimizer.dispose();
      }),
      { seed: 6, numRuns: backend === 'cpu' ? 40 : 15 },
    );
  });

  it('centered rmsprop stays finite where float32 rounds a variance below 0', () => {
    const [w] = variables;
    const optimizer = optimizers.rmsprop({ centered: true });
    for (let n = 0; n < 200; n++) tf.tidy(() => optimizer.applyGradients([{ name: w!.name, tensor: tf.tensor1d([1000.1, -333.3, 0]) }]));
    expect(Array.from(w!.dataSync()).every(Number.isFinite)).toBe(true);
  });

});

describe('traps of tf.train', () => {
  it("tfjs's own centered rmsprop makes NaN of a weight without gradient, at once", () => {
    const [w] = variables;
    tf.tidy(() => w!.assign(tf.tensor1d([1, 1, 0])));
    tf.train.rmsprop(0.01, 0.9, 0, 1e-7, true).applyGradients([{ name: w!.name, tensor: tf.tensor1d([1, 2, 0]) }]);
    expect(Array.from(w!.dataSync(), Number.isNaN)).toEqual([false, false, true]);
  });
});
