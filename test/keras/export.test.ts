/** Exported models in real Keras 3: the same outputs, as stock layers and as CustomConnected, `.keras` and `.h5`. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskedConv2d, maskedDense } from '../../kernel/runtime/layers/index.js';
import { random } from '../../kernel/runtime/masks/random.js';
import { exportKeras, importKeras } from '../../kernel/runtime/models/index.js';
import { ready, tf } from '../../kernel/runtime/tf/index.js';
import { kerasPython } from './python.mjs';
import { runPython } from './run-python.js';

interface Result {
  y: number[];
  classes: string[];
}

const mask = (inputs: number, outputs: number, seed: number) => random(inputs, outputs, { density: 0.5, seed });

/** Small models that between them have every layer that is exported. */
const MODELS: Record<string, { build: () => LayersModel; shape: number[]; conv?: true }> = {
  stack: {
    shape: [6],
    build: () =>
      tf.sequential({
        layers: [
          maskedDense({ connections: mask(6, 8, 1), inputShape: [6], activation: 'hardSigmoidKeras3' as never, biasMask: [1, 1, 0, 1, 0, 1, 1, 1], biasInitializer: 'ones', kernelConstraint: 'maxNorm', kernelRegularizer: tf.regularizers.l1l2({ l1: 0, l2: 0.1 }) }),
          tf.layers.batchNormalization({ gammaInitializer: 'randomNormal', movingMeanInitializer: 'randomNormal' }),
          tf.layers.leakyReLU({ alpha: 0.2 }),
          tf.layers.dropout({ rate: 0.5 }),
          maskedDense({ connections: mask(8, 5, 2), useBias: false, activation: 'swish' }),
          tf.layers.layerNormalization({ gammaInitializer: 'randomNormal' }),
          tf.layers.activation({ activation: 'gelu' }),
          maskedDense({ connections: mask(5, 4, 3), activation: 'softmax' }),
          tf.layers.elu({}),
          tf.layers.dense({ units: 3, activation: 'tanh', kernelInitializer: 'leCunNormal' }),
        ],
      }),
  },
  graph: {
    shape: [4],
    build: () => {
      const input = tf.input({ shape: [4], name: 'features' });
      const late = tf.layers.dense({ units: 3, name: 'late' });
      const left = maskedDense({ connections: mask(4, 3, 4), name: 'left', activation: 'tanh', biasInitializer: 'ones' }).apply(input) as never;
      const right = maskedDense({ connections: mask(4, 3, 5), name: 'right' }).apply(input) as never;
      const sum = tf.layers.add().apply([left, late.apply(right) as never]) as never;
      const all = tf.layers.concatenate().apply([input, tf.layers.multiply().apply([sum, right]) as never, tf.layers.maximum().apply([left, right]) as never]) as never;
      return tf.model({ inputs: input, outputs: maskedDense({ connections: mask(10, 2, 6), name: 'out' }).apply(all) as never });
    },
  },
  image: {
    shape: [6, 6, 2],
    conv: true,
    build: () =>
      tf.sequential({
        layers: [
          maskedConv2d({ connections: mask(2, 4, 7), kernelSize: 3, inputShape: [6, 6, 2], activation: 'relu', padding: 'same' }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'sigmoid' }),
          tf.layers.flatten(),
          maskedDense({ connections: mask(12, 2, 8) }),
        ],
      }),
  },
};

const python = kerasPython();
let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'export-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

/** Runs all cases in one Python: importing Keras takes seconds. */
async function inKeras(cases: object[]): Promise<Result[]> {
  const stdout = await runPython(python ?? '', 'check_export.py', [], JSON.stringify(cases));
  return (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { results: Result[] }).results;
}

const FORMS = Object.entries(MODELS).flatMap(([name, { conv }]) =>
  (['keras', 'h5'] as const).flatMap((kind) => (conv ? (['dense'] as const) : (['dense', 'custom'] as const)).map((as) => ({ name, kind, as }))),
);

describe.runIf(python !== undefined)('real Keras 3', () => {
  it('gives the outputs of every exported model to 1e-5, and what it saves again comes back', async () => {
    const models = new Map(Object.entries(MODELS).map(([name, { build, shape }]) => [name, { model: build(), x: tf.randomNormal([5, ...shape], 0, 1, 'float32', 9) }]));
    const cases = [];
    for (const { name, kind, as } of FORMS) {
      const { model, x } = models.get(name)!;
      const file = path.join(folder, `${name}-${as}.${kind}`);
      await exportKeras(model, file, { as });
      cases.push({ file, x: x.arraySync(), python: as === 'custom' ? folder : null, save: path.join(folder, `again-${name}-${as}.${kind}`) });
    }
    const results = await inKeras(cases);
    for (const [k, { name, kind, as }] of FORMS.entries()) {
      const { model, x } = models.get(name)!;
      const want = Array.from((model.predict(x) as Tensor).dataSync());
      const where = `${name} as ${as} in .${kind}`;
      const worst = (got: number[]) => Math.max(...want.map((value, i) => Math.abs(value - (got[i] ?? NaN))));
      expect(worst(results[k]!.y), where).toBeLessThan(1e-5);
      expect(results[k]!.classes.includes('CustomConnected'), where).toBe(as === 'custom');
      const again = await importKeras(cases[k]!.save);
      expect(worst(Array.from((again.predict(x) as Tensor).dataSync())), `${where}, saved by Keras`).toBeLessThan(1e-5);
    }
  });
});
