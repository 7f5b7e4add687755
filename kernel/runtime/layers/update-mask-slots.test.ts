import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, expect, it, vi } from 'vitest';
import { A, B, x, y } from '../../../test/support/mask-change.js';
import * as models from '../models/index.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense, type MaskedDense } from './index.js';

await ready;
afterEach(() => vi.restoreAllMocks());

const data = (tensor: Tensor) => Array.from(tensor.dataSync());

function build(optimizer: optimizers.KerasOptimizer = optimizers.adam({ learningRate: 0.1 })) {
  const layer = maskedDense({ connections: A, inputShape: [3], weights: [tf.tensor2d([[1, 0], [0, 2], [3, 4]]), tf.zeros([2])] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return { layer, model };
}

it('case 24: puts weights back when an optimizer refuses', () => {
  const { layer, model } = build();
  tf.tidy(() => void model.optimizer.minimize(() => tf.losses.meanSquaredError(y(), model.apply(x()) as Tensor).asScalar()));
  const before = data(layer.getWeights()[0]!);
  vi.spyOn(model.optimizer as unknown as { remapSlots(): void }, 'remapSlots').mockImplementation(() => {
    throw new Error('no');
  });
  expect(() => layer.updateMask(B)).toThrow('no');
  expect(layer.mask).toBe(A);
  expect(data(layer.getWeights()[0]!)).toEqual(before);
});

it('case 24: slots of optimizers are kept for connections that stay and 0 for new ones', async () => {
  const { layer, model } = build();
  await model.fit(x(), y(), { epochs: 3, batchSize: 16, shuffle: false, verbose: 0 });
  const slots = () => (model.optimizer as unknown as { slotsOf(variable: Tensor): Record<string, Tensor> }).slotsOf(layer.weights[0]!.read());
  const before = Object.fromEntries(Object.entries(slots()).map(([name, slot]) => [name, data(slot)]));
  layer.updateMask(B);
  for (const [name, slot] of Object.entries(slots())) expect(data(slot)).toEqual([before[name]![0], 0, 0, before[name]![3]]);
  await model.fit(x(), y(), { epochs: 3, verbose: 0 });
  expect(layer.liveWeights().every((weight) => Number.isFinite(weight) && weight !== 0)).toBe(true);
});

it.each(['sgd', 'adam', 'adamw', 'adamax', 'nadam', 'rmsprop', 'adagrad', 'adadelta', 'lion'] as const)('case 24: a mask changes under %s, which goes on', async (name) => {
  const { layer, model } = build(optimizers[name]());
  for (const mask of [B, A, [[0, 0], [0, 0], [0, 0]], A]) {
    await model.fit(x(), y(), { epochs: 1, verbose: 0 });
    layer.updateMask(mask);
  }
  await model.fit(x(), y(), { epochs: 2, verbose: 0 });
  expect(layer.liveWeights().every((weight) => Number.isFinite(weight) && weight !== 0)).toBe(true);
});

it('case 24: a mask that changes after loading, before the first step, takes the loaded slots along', async () => {
  const { layer, model } = build();
  await model.fit(x(), y(), { epochs: 3, batchSize: 16, shuffle: false, verbose: 0 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'slots-'));
  await models.save(model, path.join(folder, 'model'));
  const loaded = await models.load(path.join(folder, 'model'));
  fs.rmSync(folder, { recursive: true });
  for (const each of [layer, loaded.layers[0] as MaskedDense]) each.updateMask(B);
  for (const each of [model, loaded]) await each.fit(x(), y(), { epochs: 3, batchSize: 16, shuffle: false, verbose: 0 });
  expect(loaded.getWeights().map(data)).toEqual(model.getWeights().map(data));
});
