import vm from 'node:vm';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from './index.js';
import { resetEngine } from './reset-engine.js';

await ready;
afterEach(resetEngine);

/** Runs and ends as an interrupt by force does: no `catch` and no `finally` of what was running is run. */
function terminated(run: () => void): void {
  Reflect.set(globalThis, 'terminatedHere', run);
  expect(() => void new vm.Script('terminatedHere()').runInThisContext({ timeout: 100 })).toThrow(/timed out/);
  Reflect.deleteProperty(globalThis, 'terminatedHere');
}

const build = (): LayersModel => tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3], name: 'wired' }), tf.layers.dense({ units: 1, name: 'plain' })] });
const names = (model: LayersModel) => model.weights.map(({ originalName }) => originalName);
const NAMES = ['wired/kernel', 'wired/bias', 'plain/kernel', 'plain/bias'];

/** A layer that never returns from its call. */
class Endless extends tf.layers.Layer {
  static readonly className = 'Endless';
  override call(): Tensor {
    for (;;);
  }
}

describe('resetEngine', () => {
  it('gradients can be taken again', () => {
    terminated(() => void tf.grad((x: Tensor) => new Endless({}).apply(x) as Tensor)(tf.ones([1])));
    resetEngine();
    expect(tf.tidy(() => tf.grad((x: Tensor) => x.square().sum())(tf.tensor1d([3])).arraySync())).toEqual([6]);
  });

  it('new weights have their own names, so that a model that is saved can be loaded', async () => {
    terminated(() => void new Endless({ name: 'outer' }).apply(tf.ones([1])));
    expect(names(build()), 'without a reset').toEqual(NAMES.map((name) => `outer/${name}`));
    resetEngine();
    const model = build();
    expect(names(model)).toEqual(NAMES);
    let saved: unknown;
    await model.save(tf.io.withSaveHandler(async (artifacts) => ((saved = artifacts), { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) })));
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved as Parameters<typeof tf.io.fromMemory>[0] & object));
    const x = tf.tensor2d([[1, 2, 4]]);
    expect((loaded.predict(x) as Tensor).arraySync()).toEqual((model.predict(x) as Tensor).arraySync());
  });

  it('nothing is profiled any more', async () => {
    terminated(() => void tf.profile(() => new Endless({}).apply(tf.ones([1])) as never));
    const { profiling } = (tf.engine() as unknown as { state: { profiling: boolean } }).state;
    expect(profiling, 'without a reset').toBe(true);
    resetEngine();
    expect((tf.engine() as unknown as { state: { profiling: boolean } }).state.profiling).toBe(false);
  });

  it('leaves arrays as they are, and no tensor', () => {
    const before = [Array.prototype.push, tf.memory().numTensors];
    resetEngine();
    expect([Array.prototype.push, tf.memory().numTensors]).toEqual(before);
    expect(Object.getOwnPropertyDescriptor(Array.prototype, 'push')).toMatchObject({ enumerable: false, writable: true, configurable: true });
  });
});
