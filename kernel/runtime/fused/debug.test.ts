import { it } from 'vitest';
import * as optimizers from '../optimizers/index.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
await ready;
it('debug', async () => {
  for (const [n, m, batch, loss, act] of [[6, 4, 4, 'meanSquaredError', 'linear'], [6, 4, 4, 'categoricalCrossentropy', 'softmax'], [6, 4, 16, 'categoricalCrossentropy', 'softmax'], [6, 3, 4, 'categoricalCrossentropy', 'softmax'], [5, 4, 32, 'categoricalCrossentropy', 'softmax']] as const)
  for (const engine of ['tfjs', 'fused'] as const) {
    const x = tf.randomNormal([32, n], 0, 1, 'float32', 1), y = tf.oneHot(tf.randomUniform([32], 0, m, 'int32', 4), m).toFloat();
    const model = tf.sequential({ layers: [tf.layers.dense({ units: m, inputShape: [n], activation: act, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) })] });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss });
    const r = await train(model, x, y, { batchSize: batch, shuffle: false, engine });
    console.log('DD', n, m, batch, loss, engine, r.steps.slice(0, 4).join(' '));
  }
});
