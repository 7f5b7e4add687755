/** Networks computed by Keras in float64 (test/fixtures/keras; the format is that of their generator), and how to build and compare them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { maskedDense } from '../../kernel/runtime/layers/index.js';
import '../../kernel/runtime/models/keras/activations.js';
import * as regularizers from '../../kernel/runtime/regularizers/index.js';
import { tf } from '../../kernel/runtime/tf/index.js';
import { train } from '../../kernel/runtime/train/train.js';

type Matrix = number[][];
interface Penalty { l1: number; l2: number }
export interface FixtureLayer {
  kind: 'masked' | 'dense'; units: number; connections: Matrix; biasMask: number[] | null; activation: string; useBias: boolean;
  kernel: Matrix; bias: number[] | null; kernelRegularizer: Penalty | null; biasRegularizer: Penalty | null;
}
interface After { lossPerStep: number[]; kernelsAfter: Matrix[]; biasesAfter: (number[] | null)[]; outputAfter: Matrix }
export interface Fixture {
  name: string; model: { inputShape: number[]; layers: FixtureLayer[] }; x: Matrix; y: Matrix;
  compile: { loss: string; optimizer: Record<string, number> & { name: string } };
  fit: { steps: number; batchSize: number };
  expected: After & { output: Matrix; loss0: number; gradients: { kernels: Matrix[]; biases: (number[] | null)[]; input: Matrix } };
  expectedTfjsFormula?: After;
}

const folder = path.resolve(import.meta.dirname, '../fixtures/keras');
export const fixtures = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Fixture);

export function buildFixture({ model: { inputShape, layers }, compile }: Fixture, optimizer: Optimizer) {
  const model = tf.sequential();
  layers.forEach((layer, k) => {
    const common = {
      units: layer.units, activation: layer.activation as 'relu', useBias: layer.useBias, ...(k === 0 && { inputShape }),
      ...(layer.kernelRegularizer && { kernelRegularizer: regularizers.l1l2(layer.kernelRegularizer) }),
      ...(layer.biasRegularizer && { biasRegularizer: regularizers.l1l2(layer.biasRegularizer) }),
    };
    model.add(layer.kind === 'dense' ? tf.layers.dense(common) : maskedDense({ ...common, connections: layer.connections, biasMask: layer.biasMask }));
    model.layers[k]!.setWeights([tf.tensor2d(layer.kernel), ...(layer.bias ? [tf.tensor1d(layer.bias)] : [])]);
  });
  model.compile({ optimizer, loss: compile.loss });
  return model;
}
export type FixtureModel = ReturnType<typeof buildFixture>;

/** The loss that `fit` minimizes, penalties included. */
export function lossOf(model: FixtureModel, input: Tensor, y: Tensor): Scalar {
  const inner = (model as unknown as { model: { lossFunctions: ((y: Tensor, out: Tensor) => Tensor)[]; calculateLosses(): Scalar[] } }).model;
  return inner.calculateLosses().reduce<Tensor>((sum, penalty) => tf.add(sum, penalty), tf.mean(inner.lossFunctions[0]!(y, model.apply(input, { training: true }) as Tensor))).asScalar();
}

/** |got − want| ≤ tolerance × max(1e-3, largest |want|) */
export function close(got: readonly number[], want: readonly number[], tolerance: number, what: string): void {
  expect(got.length, what).toBe(want.length);
  const scale = Math.max(1e-3, ...want.map(Math.abs));
  const worst = got.reduce((most, value, k) => Math.max(most, Number.isNaN(value) ? Infinity : Math.abs(value - want[k]!)), 0);
  expect(worst / scale, `${what}: largest difference ${worst}, scale ${scale}`).toBeLessThanOrEqual(tolerance);
}

export const data = (tensor: Tensor | Tensor[]): number[] => Array.from((tensor as Tensor).dataSync());

/** Trains as the fixture says; what is left must be `expected`, within 1e-4. */
export async function checkTraining(fixture: Fixture, optimizer: Optimizer, expected: After): Promise<void> {
  const model = buildFixture(fixture, optimizer);
  const [x, y] = [tf.tensor2d(fixture.x), tf.tensor2d(fixture.y)];
  let steps = 0;
  const run = await train(model, x, y, {
    epochs: 1000, batchSize: fixture.fit.batchSize, shuffle: false,
    callbacks: { onBatchEnd: async () => { if (++steps === fixture.fit.steps) model.stopTraining = true; } },
  });
  expect(run.stoppedBy).toBe('abort');
  close(run.steps, expected.lossPerStep, 1e-4, 'loss per step');
  fixture.model.layers.forEach(({ connections }, k) => {
    const [kernel, bias] = model.layers[k]!.getWeights();
    close(data(kernel!), expected.kernelsAfter[k]!.flat(), 1e-4, `kernel ${k}`);
    connections.flat().forEach((live, n) => { if (live === 0) expect(data(kernel!)[n]).toBe(0); });
    if (bias) close(data(bias), expected.biasesAfter[k]!, 1e-4, `bias ${k}`);
  });
  close(data(model.predict(x)), expected.outputAfter.flat(), 1e-4, 'output after training');
  model.dispose();
  tf.dispose([x, y]);
  optimizer.dispose();
}
