/** Files of models in the real kernel and in killed processes: Keras's through the bundle of HDF5, and saves that are cut off. */
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { load } from '../../kernel/runtime/models/index.js';
import { ready, tf } from '../../kernel/runtime/tf/index.js';
import { NODES, TestKernel } from './harness.js';

const SAVED = path.resolve('test/fixtures/keras/saved');

describe.each(NODES)('models of Keras in the kernel on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    for (const name of ['saved-custom-connected.keras', 'saved-custom-connected.h5', 'saved-custom-connected.io.json']) await fs.copyFile(path.join(SAVED, name), path.join(kernel.folder, name));
    await kernel.value("import { models, tf } from 'patchbay'; import fs from 'node:fs/promises'; const { x, output } = JSON.parse(await fs.readFile('saved-custom-connected.io.json', 'utf8')); const worst = (model) => tf.sub(model.predict(tf.tensor2d(x)), tf.tensor2d(output)).abs().max().dataSync()[0]");
  });
  afterAll(() => kernel.stop());

  it.each(['keras', 'h5'])('comes in from .%s, goes out and comes in again', async (kind) => {
    const code = `const model = await models.importKeras('saved-custom-connected.${kind}');
      await models.exportKeras(model, 'out/again.${kind}', { as: 'custom' });
      const again = await models.importKeras('out/again.${kind}');
      [worst(model) < 1e-5, worst(again) < 1e-5, again.layers.map((layer) => layer.getClassName()).join()]`;
    expect(await kernel.value(code)).toBe("[ true, true, 'MaskedDense,MaskedDense,MaskedDense' ]");
    expect(await fs.readdir(path.join(kernel.folder, 'out'))).toContain('custom_connected.py');
  });

  it('names the line of the cell when a file is none', async () => {
    const { reply } = await kernel.run("\nawait models.importKeras('saved-custom-connected.io.json')");
    expect(reply).toMatchObject({ status: 'error', evalue: expect.stringContaining('expected a .keras or .h5 file') });
  });
});

/** Saves two models in turn, over each other, until it is killed. */
const SAVE = `
const { models, maskedDense, tf, masks } = await import(process.argv[2]);
const model = (inputs) => tf.sequential({ layers: [maskedDense({ connections: masks.random(4, 3, { density: 0.5, seed: 1 }), inputShape: [4], kernelInitializer: tf.initializers.constant({ value: inputs }) })] });
const both = [model(1), model(2)];
await models.save(both[0], process.argv[3]);
console.log('saving');
for (let k = 1; ; k++) await models.save(both[k % 2], process.argv[3]);
`;

it.each(['folder', 'file.json'])('a process that is killed while it saves leaves a whole model (%s)', async (name) => {
  await ready;
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-killed-'));
  try {
    await fs.writeFile(path.join(folder, 'save.mjs'), SAVE);
    const target = path.join(folder, name);
    const found = new Set<number>();
    for (let round = 0; round < 6; round++) {
      await new Promise<void>((resolve, reject) => {
        const child = spawn(process.execPath, [path.join(folder, 'save.mjs'), pathToFileURL(path.resolve('dist/npm/patchbay.mjs')).href, target], { stdio: ['ignore', 'pipe', 'pipe'] });
        let errors = '';
        child.stderr.on('data', (text) => (errors += String(text)));
        child.stdout.on('data', (text) => String(text).includes('saving') && setTimeout(() => child.kill('SIGKILL'), 20 + 13 * round));
        child.on('error', reject);
        child.on('close', (_code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(`it ended by itself: ${errors}`))));
      });
      const model = await load(target);
      const [kernel] = model.getWeights();
      found.add(tf.max(kernel!).dataSync()[0]!);
      expect(Array.from(kernel!.dataSync()).filter((value) => value !== 0).every((value) => found.has(value))).toBe(true);
      tf.dispose(model.predict(tf.zeros([1, 4])));
    }
    expect([...found].every((value) => value === 1 || value === 2)).toBe(true);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
});
