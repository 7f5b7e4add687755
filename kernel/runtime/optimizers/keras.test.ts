/** Every network that Keras computed, trained by our optimizers: the loss of each step and what is left, against Keras itself in float64. */
import { beforeAll, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { checkTraining, fixtures, type Fixture } from '../../../test/support/keras-fixtures.js';
import { ready, tf } from '../tf/index.js';
import * as optimizers from './index.js';

function optimizerOf({ compile: { optimizer } }: Fixture): optimizers.KerasOptimizer {
  const { name, ...options } = optimizer;
  switch (name) {
    case 'momentum': return optimizers.sgd(options);
    case 'nesterov': return optimizers.sgd({ ...options, nesterov: true });
    case 'sgd': case 'adam': case 'adamw': case 'adamax': case 'nadam': case 'rmsprop': case 'adagrad': case 'adadelta': case 'lion':
      return optimizers[name](options);
    default: throw new Error(`the fixture has an unknown optimizer ${name}`);
  }
}

await ready;

it('has all fixtures', () => expect(fixtures.length).toBeGreaterThanOrEqual(47));

describe.each(BACKENDS)('trained as in Keras, on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => checkTraining(fixture, optimizerOf(fixture), fixture.expected));
});
