/** Masked layers run the sparse kernels on every backend; which one, is nobody's business. */
import type { Rank, Tensor } from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { BACKENDS } from '../../../test/support/backends.js';
import * as masks from '../masks/index.js';
import { forceVariant } from '../simd/wiring.js';
import { ready, tf } from '../tf/index.js';
import { maskedDense } from './index.js';

await ready;
afterEach(() => forceVariant(undefined));

describe('case 33: whatever the density', () => {
  it.each([0, 0.01, 0.1, 0.3, 0.6, 0.9, 1])('%d: every backend and every kernel gives the same bits, close to those of the dense product', async (density) => {
    const layer = maskedDense({ connections: masks.random(24, 17, { density, seed: 3 }), inputShape: [24], kernelInitializer: 'randomNormal', biasInitializer: 'ones' });
    const x = tf.randomNormal<Rank.R2>([9, 24], 0, 1, 'float32', 5);
    const outputs: Float32Array[] = [];
    for (const backend of new Set(['wasm', 'cpu', ...BACKENDS])) {
      await tf.setBackend(backend);
      for (const variant of [undefined, 'sparse16', 'dense']) {
        forceVariant(variant);
        outputs.push((layer.apply(x) as Tensor).dataSync<'float32'>());
      }
    }
    for (const output of outputs) expect([...output]).toEqual([...outputs[0]!]);
    const [kernel, bias] = layer.getWeights();
    const dense = tf.add(tf.matMul(x, kernel as never), bias!).dataSync();
    dense.forEach((value, k) => expect(outputs[0]![k]).toBeCloseTo(value, 5));
  });
});

it('explains which kernel computes each product, and refuses a batch that is none', () => {
  const layer = maskedDense({ connections: masks.random(24, 17, { density: 0.1, seed: 3 }), inputShape: [24], name: 'hidden' });
  const { forward, inputGradient, weightGradient } = layer.explain(32);
  expect(forward).toMatch(/^sparse16: about .* of 24 × 17 connected, batch 32\)\. Others: /);
  expect(inputGradient).toContain('of 17 × 24 connected');
  expect(weightGradient).toContain('dense');
  expect(() => layer.explain(0)).toThrow('explain of hidden: rows is 0, expected a whole number');
});
