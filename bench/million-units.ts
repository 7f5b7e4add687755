/**
 * Layers of a million units with ten connections each: one epoch of 100 batches that SET rewires. Says the time, and the memory a
 * connection besides activations. `node scripts/bench.mjs million-units [units] [batches] [batch]`.
 */
import { maskedDense } from '../kernel/runtime/layers/index.js';
import * as masks from '../kernel/runtime/masks/index.js';
import * as optimizers from '../kernel/runtime/optimizers/index.js';
import * as rewire from '../kernel/runtime/rewire/index.js';
import { sparseEngine } from '../kernel/runtime/simd/engine.js';
import { ready, tf } from '../kernel/runtime/tf/index.js';
import { train } from '../kernel/runtime/train/train.js';

const [units = 1_000_000, batches = 100, batch = 8] = process.argv.slice(2).map(Number);

async function main(): Promise<void> {
  await ready;
  const inputs = 1000;
  const started = performance.now();
  const model = tf.sequential({
    layers: [
      maskedDense({ connections: masks.fixedFanIn(inputs, units, { fanIn: 10, seed: 1 }), inputShape: [inputs], activation: 'relu' }),
      maskedDense({ connections: masks.fixedFanIn(units, units, { fanIn: 10, seed: 2 }), activation: 'relu' }),
      maskedDense({ connections: masks.fixedFanOut(units, 10, { fanOut: 1, seed: 3 }) }),
    ],
  });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss: 'meanSquaredError' });
  const built = performance.now();
  const rows = batches * batch;
  const before = process.memoryUsage().rss;
  const run = await train(model, tf.randomNormal([rows, inputs]), tf.randomNormal([rows, 10]), { batchSize: batch, engine: 'fused', seed: 1, rewire: rewire.set({ every: batches, fraction: 0.3 }) });
  const took = performance.now() - built;
  const connections = 21 * units;
  const { used } = sparseEngine().memory;
  const activations = 4 * batch * (2 * units + 2 * units) + rows * (inputs + 10) * 4;
  console.log(JSON.stringify({
    units, connections, batch, steps: run.steps.length, buildSeconds: (built - started) / 1000, epochSeconds: took / 1000, msPerStep: run.msPerStep,
    kernelBytesPerConnection: (used - activations) / connections, residentGrowthPerConnection: (process.memoryUsage().rss - before) / connections,
  }, null, 2));
}

void main();
