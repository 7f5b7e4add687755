import { expect, it } from 'vitest';
import { maskedDense } from '../layers/index.js';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
await ready;
it('smoke', async () => {
  const connections = { shape: [8, 16], edges: Array.from({ length: 64 }, (_, k) => [k % 8, (k * 5 + Math.floor(k / 8)) % 16]) } as never;
  const make = () => {
    const m = tf.sequential({ layers: [maskedDense({ connections, inputShape: [8], activation: 'tanh', kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) }), tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) })] });
    m.compile({ optimizer: optimizers.adam({ learningRate: 0.01 }), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    return m;
  };
  const x = tf.randomNormal([150, 8], 0, 1, 'float32', 3), y = tf.oneHot(tf.randomUniform([150], 0, 3, 'int32', 4), 3);
  const [a, b] = [make(), make()];
  const ra = await train(a, x, y, { epochs: 20, seed: 1, engine: 'tfjs', validationSplit: 0.2 });
  const rb = await train(b, x, y, { epochs: 20, seed: 1, engine: 'fused', validationSplit: 0.2 });
  console.log(ra.toString(), rb.toString(), rb.engineReason);
  console.log(ra.history, rb.history);
  for (const [k, w] of a.getWeights().entries()) console.log(Math.max(...Array.from(tf.abs(tf.sub(w, b.getWeights()[k]!)).dataSync())));
  const t = performance.now();
  const rc = await train(b, x, y, { epochs: 2000, seed: 1, engine: 'fused' });
  console.log(performance.now() - t, rc.toString());
  expect(1).toBe(1);
});
