/**
 * Networks computed by Keras in float64 (test/fixtures/keras; the format is that of their generator): output, loss, gradients,
 * and what is left after a short training. Keras' update formulas that tfjs has not are compared with tfjs's formula in float64,
 * or left out: their optimizers are not in this version.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { LayerVariable, Optimizer, Scalar, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from './train.js';

type Matrix = number[][];
interface Penalty { l1: number; l2: number }
interface Layer {
  kind: 'masked' | 'dense'; units: number; connections: Matrix; biasMask: number[] | null; activation: string; useBias: boolean;
  kernel: Matrix; bias: number[] | null; kernelRegularizer: Penalty | null; biasRegularizer: Penalty | null;
}
interface After { lossPerStep: number[]; kernelsAfter: Matrix[]; biasesAfter: (number[] | null)[]; outputAfter: Matrix }
interface Fixture {
  name: string; model: { inputShape: number[]; layers: Layer[] }; x: Matrix; y: Matrix;
  compile: { loss: string; optimizer: Record<string, number> & { name: string } };
  fit: { steps: number; batchSize: number };
  expected: After & { output: Matrix; loss0: number; gradients: { kernels: Matrix[]; biases: (number[] | null)[]; input: Matrix } };
  expectedTfjsFormula?: After;
}

const folder = path.resolve(import.meta.dirname, '../../../test/fixtures/keras');
const fixtures = fs.readdirSync(folder).map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Fixture);

/** tfjs's optimizer of the same name, when it has one that clips and decays as the fixture wants: not at all. */
function optimizerOf({ compile: { optimizer: o } }: Fixture): Optimizer | undefined {
  if (o.weightDecay || o.clipNorm || o.clipValue || o.globalClipNorm || o.amsgrad || o.centered) return undefined;
  switch (o.name) {
    case 'sgd': return tf.train.sgd(o.learningRate!);
    case 'momentum': return tf.train.momentum(o.learningRate!, o.momentum!);
    case 'nesterov': return tf.train.momentum(o.learningRate!, o.momentum!, true);
    case 'adam': return tf.train.adam(o.learningRate, o.beta1, o.beta2, o.epsilon);
    case 'adamax': return tf.train.adamax(o.learningRate, o.beta1, o.beta2, o.epsilon);
    case 'adagrad': return tf.train.adagrad(o.learningRate!, o.initialAccumulatorValue);
    case 'rmsprop': return tf.train.rmsprop(o.learningRate!, o.rho, o.momentum, o.epsilon);
    case 'adadelta': return tf.train.adadelta(o.learningRate, o.rho, o.epsilon);
    default: return undefined;
  }
}

function build({ model: { inputShape, layers }, compile }: Fixture, optimizer: Optimizer) {
  const model = tf.sequential();
  layers.forEach((layer, k) => {
    const common = {
      units: layer.units, activation: layer.activation as 'relu', useBias: layer.useBias, ...(k === 0 && { inputShape }),
      ...(layer.kernelRegularizer && { kernelRegularizer: tf.regularizers.l1l2(layer.kernelRegularizer) }),
      ...(layer.biasRegularizer && { biasRegularizer: tf.regularizers.l1l2(layer.biasRegularizer) }),
    };
    model.add(layer.kind === 'dense' ? tf.layers.dense(common) : maskedDense({ ...common, connections: layer.connections, biasMask: layer.biasMask }));
    model.layers[k]!.setWeights([tf.tensor2d(layer.kernel), ...(layer.bias ? [tf.tensor1d(layer.bias)] : [])]);
  });
  model.compile({ optimizer, loss: compile.loss });
  return model;
}

function close(got: readonly number[], want: readonly number[], tolerance: number, what: string) {
  expect(got.length, what).toBe(want.length);
  const scale = Math.max(1e-3, ...want.map(Math.abs));
  const worst = got.reduce((most, value, k) => Math.max(most, Math.abs(value - want[k]!)), 0);
  expect(worst / scale, `${what}: largest difference ${worst}, scale ${scale}`).toBeLessThanOrEqual(tolerance);
}

const data = (tensor: Tensor | Tensor[]) => Array.from((tensor as Tensor).dataSync());

await ready;
/** tfjs-node's too, where it is installed. */
const BACKENDS = ['wasm', 'cpu', ...(tf.findBackendFactory('tensorflow') ? ['tensorflow'] : [])];

it('has the fixtures', () => expect(fixtures.length).toBeGreaterThanOrEqual(46));

describe.each(BACKENDS)('Keras fixtures on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s: output, loss and gradients', (_name, fixture) => {
    const { expected, model: { layers } } = fixture;
    const model = build(fixture, tf.train.sgd(0));
    const [x, y] = [tf.tensor2d(fixture.x), tf.tensor2d(fixture.y)];
    const inner = (model as unknown as { model: { lossFunctions: ((y: Tensor, out: Tensor) => Tensor)[]; calculateLosses(): Scalar[] } }).model;
    const loss = (input: Tensor) => inner.calculateLosses().reduce<Tensor>((sum, penalty) => tf.add(sum, penalty), tf.mean(inner.lossFunctions[0]!(y, model.apply(input, { training: true }) as Tensor))).asScalar();
    close(data(model.predict(x)), expected.output.flat(), 1e-5, 'output');
    close(data(loss(x)), [expected.loss0], 1e-5, 'loss');
    close(data(tf.grad((input) => loss(input))(x)), expected.gradients.input.flat(), 1e-5, 'input gradient');
    const { grads } = tf.variableGrads(() => loss(x));
    layers.forEach((layer, k) => {
      const [kernel, bias] = model.layers[k]!.weights.map((variable: LayerVariable) => data(grads[variable.read().id.toString()] ?? grads[variable.name]!));
      const live = layer.kind === 'dense' ? expected.gradients.kernels[k]!.flat() : expected.gradients.kernels[k]!.flat().filter((_, n) => layer.connections.flat()[n] === 1);
      close(kernel!, live, 1e-5, `gradient of kernel ${k}`);
      if (bias) close(bias, expected.gradients.biases[k]!.filter((_, j) => !layer.biasMask || layer.biasMask[j] === 1), 1e-5, `gradient of bias ${k}`);
    });
  });

  const trainable = fixtures.filter((fixture) => optimizerOf(fixture) !== undefined);
  it.each(trainable.map((fixture) => [fixture.name, fixture] as const))('%s: training', async (_name, fixture) => {
    const expected = fixture.expectedTfjsFormula ?? fixture.expected;
    const model = build(fixture, optimizerOf(fixture)!);
    const [x, y] = [tf.tensor2d(fixture.x), tf.tensor2d(fixture.y)];
    let steps = 0;
    const run = await train(model, x, y, {
      epochs: 1000, batchSize: fixture.fit.batchSize, shuffle: false,
      callbacks: { onBatchEnd: async () => { if (++steps === fixture.fit.steps) model.stopTraining = true; } },
    });
    expect(run.stoppedBy).toBe('abort');
    close(run.steps, expected.lossPerStep, 1e-4, 'loss per step');
    fixture.model.layers.forEach((_layer, k) => {
      const [kernel, bias] = model.layers[k]!.getWeights();
      close(data(kernel!), expected.kernelsAfter[k]!.flat(), 1e-4, `kernel ${k}`);
      if (bias) close(data(bias), expected.biasesAfter[k]!, 1e-4, `bias ${k}`);
    });
    close(data(model.predict(x)), expected.outputAfter.flat(), 1e-4, 'output after training');
  });

  it('trains those whose formula tfjs has', () => expect(trainable.length).toBeGreaterThanOrEqual(36));
});
