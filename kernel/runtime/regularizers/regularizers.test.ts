import type { Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import * as regularizers from './index.js';

await ready;
const values = (t: Tensor) => Array.from(t.dataSync(), (x) => Number(x.toFixed(6)));
const penalty = (regularizer: unknown) => (w: Tensor) => (regularizer as { apply(w: Tensor): Tensor }).apply(w).asScalar();
const W = tf.tensor1d([-2, 0, 3]);

describe.each(BACKENDS)('penalties on %s', (backend) => {
  it.each([
    ['l1', regularizers.l1({ l1: 0.5 }), 2.5, [-0.5, 0, 0.5]],
    ['l2', regularizers.l2({ l2: 0.5 }), 6.5, [-2, 0, 3]],
    ['both', regularizers.l1l2({ l1: 0.5, l2: 0.5 }), 9, [-2.5, 0, 3.5]],
    ['one of two: the other is 0', regularizers.l1l2({ l2: 0.5 }), 6.5, [-2, 0, 3]],
    ['none', regularizers.l1l2(), 0, [0, 0, 0]],
    ["Keras' default of l1", regularizers.l1(), 0.05, [-0.01, 0, 0.01]],
    ["Keras' default of l2", regularizers.l2(), 0.13, [-0.04, 0, 0.06]],
  ])('%s', async (_name, regularizer, value, gradient) => {
    await tf.setBackend(backend);
    expect(values(penalty(regularizer)(W))).toEqual([value]);
    expect(values(tf.grad(penalty(regularizer))(W))).toEqual(gradient);
  });
});

it("tfjs's own have the two traps", () => {
  expect(values(tf.grad(penalty(tf.regularizers.l1({ l1: 0.5 })))(W))).toEqual([-0.5, -0.5, 0.5]);
  expect(tf.regularizers.l1l2({ l2: 0.5 })).toMatchObject({ l1: 0.01 });
});

it('are saved as L1L2, and work in layers of tfjs', async () => {
  for (const make of [(c: object) => maskedDense({ ...c, connections: [[1, 0], [1, 1]] }), (c: object) => tf.layers.dense({ ...c, units: 2 })]) {
    const layer = make({ inputShape: [2], kernelRegularizer: regularizers.l1({ l1: 0.25 }) });
    expect(layer.getConfig()['kernelRegularizer']).toEqual({ className: 'L1L2', config: { l1: 0.25, l2: 0 } });
  }
});

it('refuse what is no number', () => {
  expect(() => regularizers.l1({ l1: -1 })).toThrow('regularizers: l1 is -1, expected a number of at least 0');
  expect(() => regularizers.l1l2({ l2: NaN })).toThrow('regularizers: l2 is NaN, expected a number of at least 0');
});
