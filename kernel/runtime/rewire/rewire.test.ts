import type { Rank, Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { maskedConv2d, maskedDense, type MaskedDense } from '../layers/index.js';
import type { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import * as rewire from './index.js';

await ready;
const data = (tensor: Tensor) => Array.from(tensor.dataSync());
const x = () => tf.randomNormal<Rank.R2>([32, 8], 0, 1, 'float32', 1);
const y = () => tf.randomNormal([32, 4], 0, 1, 'float32', 2);

function net(connections: Mask = masks.random(8, 6, { density: 0.5, seed: 3 })) {
  const seeded = (seed: number) => ({ kernelInitializer: tf.initializers.glorotNormal({ seed }) });
  const first = maskedDense({ connections, inputShape: [8], activation: 'tanh', name: 'first', ...seeded(1) });
  const second = maskedDense({ connections: masks.dense(6, 4), name: 'second', ...seeded(2) });
  const model = tf.sequential({ layers: [first, second] });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss: 'meanSquaredError' });
  return { model, first, second };
}
const run = (model: ReturnType<typeof net>['model'], epochs: number, options: object) => train(model, x(), y(), { epochs, batchSize: 16, shuffle: false, seed: 5, ...options });

describe('rewire.prune', () => {
  it('keeps the largest weights, in place', () => {
    const { model, first } = net();
    const weights = [...first.liveWeights()];
    const mask = rewire.prune({ schedule: 'constant', finalDensity: 0.25 }).apply(model, first);
    expect(mask).toBe(first.mask);
    expect(mask.nnz).toBe(12);
    const kept = [...weights].sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 12);
    expect([...first.liveWeights()]).toEqual(weights.filter((weight) => kept.includes(weight)));
    rewire.prune({ finalDensity: 0.5, end: 1 }).apply(model, 'first');
    expect(first.mask).toBe(mask);
  });

  it('by a score of one’s own, and at random by seed', () => {
    const { model, first, second } = net(masks.dense(8, 6));
    rewire.prune({ schedule: 'constant', finalDensity: 0.5, by: (_weight, input) => input }).apply(model, 0);
    expect(first.mask.toEdges().every(([input]) => input >= 4)).toBe(true);
    const random = (seed: number) => {
      second.updateMask(masks.dense(6, 4));
      return rewire.prune({ schedule: 'constant', finalDensity: 0.5, by: 'random', seed }).apply(model, second).toDrawing();
    };
    expect(random(1)).toBe(random(1));
    expect(random(1)).not.toBe(random(2));
    expect(() => rewire.prune({ schedule: 'constant', finalDensity: 0.1, by: () => NaN }).apply(model, second)).toThrow(/by\(…\) of connection 0 is NaN/);
  });

  it('case 25: follows the polynomial of Zhu & Gupta from the layer’s own density, and is exact at the end', async () => {
    const { model, first, second } = net();
    const densities: number[] = [];
    const start = first.mask.density;
    await run(model, 8, { rewire: rewire.prune({ finalDensity: 0.125, begin: 2, end: 11, every: 3 }), callbacks: { onBatchEnd: async () => void densities.push(first.mask.density) } });
    const at = (step: number) => (step < 2 ? start : Math.round(48 * (0.125 + (start - 0.125) * (1 - Math.min(1, (step - 2) / 9)) ** 3)) / 48);
    expect(densities.length).toBe(16);
    densities.forEach((density, k) => {
      const step = k + 1;
      expect(density).toBeCloseTo(at(step < 2 ? 0 : Math.min(11, step - ((step - 2) % 3))), 10);
    });
    expect([first.mask.nnz, second.mask.nnz]).toEqual([6, 3]);
  });

  it('case 25: goes on in the middle of a schedule: by the same object, and by a new one after loading', async () => {
    const prune = () => rewire.prune({ schedule: 'linear', finalDensity: 0.1, end: 12, every: 2 });
    const whole = net(masks.dense(8, 6));
    await run(whole.model, 8, { rewire: prune() });
    const halves = net(masks.dense(8, 6));
    const same = prune();
    for (let part = 0; part < 4; part++) await run(halves.model, 2, { rewire: same });
    const renewed = net(masks.dense(8, 6));
    for (let part = 0; part < 4; part++) await run(renewed.model, 2, { rewire: prune() });
    expect(halves.first.mask.equals(whole.first.mask)).toBe(true);
    expect([...halves.first.liveWeights()]).toEqual([...whole.first.liveWeights()]);
    expect(renewed.first.mask.nnz).toBe(whole.first.mask.nnz);
    expect(whole.first.mask.nnz).toBe(5);
  });
});

describe('case 24: rewire.set', () => {
  it('exchanges the fraction closest to 0; the number of connections stays, new weights and slots are 0, others are kept', async () => {
    const { model, first } = net();
    await run(model, 2, {});
    const slots = () => Object.values((model.optimizer as unknown as { slotsOf(variable: Tensor): Record<string, Tensor> }).slotsOf(first.weights[0]!.read())).map(data);
    const of = (mask: Mask, values: ArrayLike<number>) => new Map(mask.toEdges().map((edge, k) => [String(edge), values[k]]));
    const [before, weights, remembered] = [first.mask, first.liveWeights(), slots()];
    rewire.set({ fraction: 0.25, seed: 9 }).apply(model, first);
    expect(first.mask.nnz).toBe(before.nnz);
    const fresh = first.mask.minus(before);
    expect(fresh.nnz).toBe(Math.round(0.25 * before.nnz));
    for (const [now, then] of [[first.liveWeights(), weights] as const, ...slots().map((slot, n) => [slot, remembered[n]!] as const)]) {
      const old = of(before, then);
      for (const [edge, value] of of(first.mask, now)) expect(value).toBe(old.get(edge) ?? 0);
    }
    const gone = before.minus(first.mask).toEdges().map((edge) => Math.abs(of(before, weights).get(String(edge))!));
    const stayed = before.and(first.mask).toEdges().map((edge) => Math.abs(of(before, weights).get(String(edge))!));
    expect(Math.max(...gone)).toBeLessThanOrEqual(Math.min(...stayed));
  });

  it('is seeded, resumes as it would have gone on, keeps training, and leaks no tensor', async () => {
    const set = () => rewire.set({ fraction: 0.3, every: 2, seed: 4 });
    const whole = net();
    const { history } = await run(whole.model, 20, { rewire: set() });
    expect(whole.first.mask.nnz).toBe(24);
    expect(history['loss']!.at(-1)).toBeLessThan(history['loss']![0]!);
    const halves = net();
    await run(halves.model, 3, { rewire: set() });
    const tensors = tf.memory().numTensors;
    const [a, b] = [x(), y()];
    await train(halves.model, a, b, { epochs: 17, batchSize: 16, shuffle: false, seed: 5, rewire: set() });
    expect(tf.memory().numTensors - tensors).toBe(2);
    expect(halves.first.mask.equals(whole.first.mask)).toBe(true);
    expect([...halves.first.liveWeights()]).toEqual([...whole.first.liveWeights()]);
    expect(whole.first.mask.equals(net().first.mask)).toBe(false);
  });

  it('case 16: a live weight of exactly 0 is a connection like any other: nnz stays over many exchanges', () => {
    const { model, first } = net();
    first.setWeights([tf.zeros([8, 6]), tf.zeros([6])]);
    for (let turn = 0; turn < 10; turn++) rewire.set({ fraction: 0.5, seed: turn }).apply(model, first);
    expect([first.mask.nnz, first.liveWeights().length]).toEqual([24, 24]);
  });

  it('a full or an empty mask has nothing to exchange', () => {
    const { model, second, first } = net();
    const full = second.mask;
    expect(rewire.set().apply(model, second)).toBe(full);
    first.updateMask(masks.empty(8, 6));
    expect(rewire.set().apply(model, first).nnz).toBe(0);
  });

  it('rewires 400,000 connections of 100,000 × 100,000 without a dense matrix', () => {
    const layer = maskedDense({ connections: masks.fixedFanIn(100_000, 100_000, { fanIn: 4, seed: 1 }), inputShape: [100_000], useBias: false, kernelInitializer: 'randomNormal' });
    const model = tf.sequential({ layers: [layer] });
    const started = performance.now();
    rewire.set({ fraction: 0.3, seed: 1 }).apply(model, layer);
    expect(layer.mask.nnz).toBe(400_000);
    // A third of a second on two cores; a dense matrix would be 40 GB.
    expect(performance.now() - started).toBeLessThan(10_000);
    layer.dispose();
  });
});

describe('case 24: rewire.rigl', () => {
  /** Gradient of the kernel, were it dense, of the loss that `fit` minimizes. */
  function denseGradient(first: MaskedDense, second: MaskedDense): number[][] {
    const [k1, b1] = first.getWeights();
    const [k2, b2] = second.getWeights();
    return tf.tidy(() => tf.grad((kernel: Tensor) => tf.losses.meanSquaredError(y(), tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x(), kernel as never), b1!)), k2 as never), b2!)))(k1!).arraySync() as number[][]);
  }

  it('grows where the gradient of the missing connections is largest, and drops what is closest to 0', () => {
    const { model, first, second } = net();
    const gradient = denseGradient(first, second);
    const before = first.mask;
    const wanted = before.not().toEdges().sort((a, b) => Math.abs(gradient[b[0]]![b[1]]!) - Math.abs(gradient[a[0]]![a[1]]!)).slice(0, 6);
    const weights = [...first.getWeights(), ...second.getWeights()].map(data);
    rewire.rigl({ fraction: 0.25 }).apply(model, first, { x: x(), y: y() });
    expect(first.mask.minus(before).toEdges().map(String)).toEqual(wanted.map(String).sort());
    expect(first.mask.nnz).toBe(24);
    const [kernel, ...others] = [...first.getWeights(), ...second.getWeights()].map(data);
    expect(others).toEqual(weights.slice(1));
    kernel!.forEach((weight, k) => expect([0, weights[0]![k]]).toContain(weight));
  });

  it('within train takes the gradient of the very step, its share falls to 0 at end, and nnz never changes', async () => {
    const { model, first, second } = net();
    const gradient = denseGradient(first, second);
    const before = first.mask;
    const masksSeen: Mask[] = [];
    await train(model, x(), y(), { epochs: 8, batchSize: 32, shuffle: false, rewire: rewire.rigl({ fraction: 0.5, every: 1, end: 6 }), callbacks: { onBatchEnd: async () => void masksSeen.push(first.mask) } });
    const count = (step: number) => Math.round(0.5 * ((1 + Math.cos((Math.PI * step) / 6)) / 2) * 24);
    [before, ...masksSeen].forEach((mask, step, list) => {
      expect(mask.nnz).toBe(24);
      if (step > 0) expect(mask.minus(list[step - 1]!).nnz).toBe(step <= 6 ? count(step) : 0);
    });
    const wanted = before.not().toEdges().sort((a, b) => Math.abs(gradient[b[0]]![b[1]]!) - Math.abs(gradient[a[0]]![a[1]]!)).slice(0, count(1));
    expect(masksSeen[0]!.minus(before).toEdges().map(String)).toEqual(wanted.map(String).sort());
  });

  it('works on convolutions, with tf.train optimizers, and NaN in an input that reaches nothing stays out', async () => {
    const conv = maskedConv2d({ kernelSize: 3, connections: [[1, 0, 1], [0, 0, 0], [1, 1, 0]], inputShape: [6, 6, 3], activation: 'relu' });
    const model = tf.sequential({ layers: [conv, tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
    model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
    const { nnz } = conv.mask;
    const run = await train(model, tf.randomNormal([8, 6, 6, 3], 0, 1, 'float32', 1), tf.ones([8, 1]), { epochs: 6, rewire: rewire.rigl({ fraction: 0.2, every: 2 }) });
    expect([conv.mask.nnz, run.stoppedBy]).toEqual([nnz, 'done']);
    expect(conv.mask.toEdges().some(([row]) => row % 3 === 1)).toBe(true);

    const layer = maskedDense({ connections: [[1, 0], [0, 0], [0, 1]], inputShape: [3] });
    const bad = tf.sequential({ layers: [layer] });
    bad.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    rewire.rigl({ fraction: 0.5 }).apply(bad, layer, { x: tf.tensor2d([[1, NaN, 2]]), y: tf.zeros([1, 2]) });
    expect([layer.mask.nnz, layer.mask.row(1), data(bad.predict(tf.tensor2d([[1, NaN, 2]])) as Tensor).every(Number.isFinite)]).toEqual([2, [], true]);
  });

  it('says that it needs data, or a compiled model', () => {
    const { model, first } = net();
    expect(() => rewire.rigl().apply(model, first)).toThrow(/call apply\(model, layer, \{ x, y \}\) with a batch/);
    const raw = tf.sequential({ layers: [maskedDense({ connections: [[1, 0]], inputShape: [1] })] });
    expect(() => rewire.rigl().apply(raw, 0, { x: tf.ones([1, 1]), y: tf.ones([1, 2]) })).toThrow(/is not compiled/);
  });
});

it('earlyStopping.restoreBest brings back the masks of the best epoch, too', async () => {
  const { model, first } = net();
  const seen: { loss: number; mask: Mask; weights: Float32Array }[] = [];
  model.optimizer = optimizers.adam({ learningRate: 0.03 });
  const result = await train(model, x(), tf.matMul(x(), tf.randomNormal<Rank.R2>([8, 4], 0, 1, 'float32', 7)), {
    epochs: 20, batchSize: 16, shuffle: false,
    rewire: rewire.prune({ schedule: 'linear', finalDensity: 0, begin: 36, end: 38, every: 1 }),
    earlyStopping: { patience: 100, restoreBest: true },
    callbacks: { onEpochEnd: async (_epoch, logs) => void seen.push({ loss: logs!['loss']!, mask: first.mask, weights: first.liveWeights() }) },
  });
  const best = seen[result.bestEpoch!]!;
  expect(best.mask.equals(seen.at(-1)!.mask)).toBe(false);
  expect(first.mask.equals(best.mask)).toBe(true);
  expect([...first.liveWeights()]).toEqual([...best.weights]);
});

it('case 34: wrong arguments are named', async () => {
  const { model } = net();
  expect(() => rewire.prune({ finalDensity: 2 })).toThrow(/rewire\.prune: finalDensity is 2, expected a number from 0 to 1/);
  expect(() => rewire.prune({ finalDensity: 0.5 })).toThrow(/rewire\.prune: end is undefined.*Schedule 'constant' needs none/);
  expect(() => rewire.prune({ finalDensity: 0.5, end: 5, begin: 9 })).toThrow(/end is 5, expected a whole number of at least 9/);
  expect(() => rewire.prune({ finalDensity: 0.5, end: 5, sparsity: 1 } as never)).toThrow(/there is no option sparsity; there are schedule, /);
  expect(() => rewire.set({ every: 0 })).toThrow(/rewire\.set: every is 0/);
  expect(() => rewire.set({ seed: NaN })).toThrow(/rewire\.set: seed is NaN/);
  expect(() => rewire.rigl({ newWeights: 'one' as never })).toThrow(/newWeights is "one"/);
  expect(() => rewire.set().apply(model, 'third')).toThrow(/layer is "third", expected a masked layer of the model .*: first, second/);
  await expect(train(model, x(), y(), { rewire: 'set' as never })).rejects.toThrow(/train: rewire is "set", expected what rewire\.prune/);
  const plain = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [8] })] });
  plain.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await expect(train(plain, x(), y(), { rewire: rewire.set() })).rejects.toThrow(/has no masked layer/);
  expect((await train(plain, x(), y())).stoppedBy).toBe('done');
});
