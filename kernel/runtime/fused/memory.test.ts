import fs from 'node:fs';
import { expect, it } from 'vitest';
import { assetFile } from '../../picture/assets.js';
import * as masks from '../masks/index.js';
import { maskedDense } from '../layers/index.js';
import * as optimizers from '../optimizers/index.js';
import { sparseEngine } from '../simd/engine.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';

await ready;

/** Kinds of the sections of a WebAssembly module (core specification, 5.5.2). */
function sections(bytes: Uint8Array): number[] {
  const kinds: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    kinds.push(bytes[at++]!);
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = bytes[at++]!;
      length |= (byte & 127) << shift;
      more = byte > 127;
    }
    at += length;
  }
  return kinds;
}

it('the kernels have no data of their own: a thread that starts would write them over what is in memory', () => {
  const data = 11;
  expect(sections(fs.readFileSync(assetFile('sparse-kernels.wasm')))).toEqual(expect.not.arrayContaining([data]));
});

it('a wide layer with ten connections a unit takes at most 32 bytes of the kernels’ memory a connection, with momentum', async () => {
  const units = 20_000;
  const model = tf.sequential({
    layers: [
      maskedDense({ connections: masks.fixedFanIn(100, units, { fanIn: 10, seed: 1 }), inputShape: [100], activation: 'relu' }),
      maskedDense({ connections: masks.fixedFanIn(units, units, { fanIn: 10, seed: 2 }), activation: 'relu' }),
      maskedDense({ connections: masks.fixedFanOut(units, 4, { fanOut: 1, seed: 3 }) }),
    ],
  });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }), loss: 'meanSquaredError' });
  const before = sparseEngine().memory.used;
  const batch = 8;
  await train(model, tf.ones([16, 100]), tf.ones([16, 4]), { batchSize: batch, engine: 'fused' });
  // Outputs of the layers, two gradients, weights and gradients of biases, starts of targets.
  const besides = 4 * batch * 4 * units + 16 * 104 * 4;
  const bytes = (sparseEngine().memory.used - before - besides) / (21 * units);
  expect(bytes).toBeGreaterThan(12);
  expect(bytes).toBeLessThan(32);
});
