import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, expect, it, vi } from 'vitest';
import { Mask } from '../mask/mask.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense } from './index.js';

await ready;
afterEach(() => vi.restoreAllMocks());

const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
/** Keeps (0,0) and (2,1), drops (1,1) and (2,0), adds (0,1) and (1,0). */
const B = Mask.from([[1, 1], [1, 0], [0, 1]]);
const data = (tensor: Tensor) => Array.from(tensor.dataSync());
const x = () => tf.randomNormal([16, 3], 0, 1, 'float32', 1);
const y = () => tf.randomNormal([16, 2], 0, 1, 'float32', 2);

function build() {
  const layer = maskedDense({ connections: A, inputShape: [3], weights: [tf.tensor2d([[1, 0], [0, 2], [3, 4]]), tf.zeros([2])] });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.1 }), loss: 'meanSquaredError' });
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
