/**
 * Networks computed by Keras in float64: output, loss and gradients; and training by the optimizers of `tf.train`, where tfjs has
 * one of that name. Some of its formulas are not Keras' own: those are compared with tfjs's formula, in float64. (Keras' formulas
 * are those of `optimizers`, whose test has all networks.)
 */
import type { LayerVariable, Optimizer, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { buildFixture, checkTraining, close, data, fixtures, lossOf, type Fixture } from '../../../test/support/keras-fixtures.js';
import { ready, tf } from '../tf/index.js';

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

await ready;

describe.each(BACKENDS)('Keras fixtures on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s: output, loss and gradients', (_name, fixture) => {
    const { expected, model: { layers } } = fixture;
    const model = buildFixture(fixture, tf.train.sgd(0));
    const [x, y] = [tf.tensor2d(fixture.x), tf.tensor2d(fixture.y)];
    const loss = (input: Tensor) => lossOf(model, input, y);
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
  it.each(trainable.map((fixture) => [fixture.name, fixture] as const))('%s: training by tf.train', (_name, fixture) =>
    checkTraining(fixture, optimizerOf(fixture)!, fixture.expectedTfjsFormula ?? fixture.expected));

  it('trains those whose formula tfjs has', () => expect(trainable.length).toBeGreaterThanOrEqual(36));
});
