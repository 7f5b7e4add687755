/** The module patchbay on the native backend, in the real kernel: what is printed, training, interrupts, files. */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from '../process/harness.js';

describe.each(NODES)('patchbay with tfjs-node on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    await kernel.process.ready;
  });
  afterAll(() => kernel.stop());

  it('says the backend once, and nothing else is printed', async () => {
    const { stdout, stderr, result } = await kernel.run("import { tf } from 'patchbay'; tf.getBackend()");
    expect([stdout, stderr, result]).toEqual([expect.stringMatching(/^tfjs 4\.22\.0 on tfjs-node 4\.22\.0 \(TensorFlow [\d.]+\)\n$/), '', "'tensorflow'"]);
    const again = await kernel.run("import { maskedDense, train, Mask } from 'patchbay'; import * as ts from '@tensorflow/tfjs'; import * as native from '@tensorflow/tfjs-node'; [ts.add === tf.add, native.add === tf.add, tf.sum([1, 2, 4]).dataSync()[0]]");
    expect([again.stdout, again.stderr, again.result]).toEqual(['', '', '[ true, true, 7 ]']);
    // tfjs's own hint to install this very backend appears where cpu is first used.
    const cpu = await kernel.run("await tf.setBackend('cpu'); tf.ones([2]).add(1).dataSync(); await tf.setBackend('tensorflow'); tf.ones([2]).add(1).arraySync()");
    expect([cpu.stdout, cpu.stderr, cpu.result]).toEqual(['', '', '[ 2, 2 ]']);
    expect(kernel.log).toEqual([]);
  });

  it('trains masked layers: entries stay +0, no tensor is left, fit prints nothing', async () => {
    const setUp = await kernel.run(`const A = Mask.from([[1, 0], [0, 1], [1, 1]]); const net = tf.sequential({ layers: [maskedDense({ connections: A, inputShape: [3] })] });
      net.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' }); const x = tf.randomNormal([64, 3], 0, 1, 'float32', 1); const y = x.matMul(tf.tensor2d([[1, 0], [0, 2], [3, 4]]));
      await net.fit(x, y, { epochs: 1 });`);
    expect([setUp.reply.status, setUp.stdout, setUp.stderr]).toEqual(['ok', '', '']);
    expect(await kernel.value(`const tensors = tf.memory().numTensors; const ran = await train(net, x, y, { epochs: 60, batchSize: 16, show: false }); await net.fit(x, y, { epochs: 2 });
      const left = tf.memory().numTensors - tensors; const k = net.layers[0].getWeights()[0].arraySync(); [left, ran.steps.at(-1) < ran.steps[0] / 5, Object.is(k[0][1], 0), Object.is(k[1][0], 0)]`)).toBe('[ 0, true, true, true ]');
  });

  it('an interrupted training, fit and endless loop leave a session that trains on', async () => {
    const loops = [
      ['train', "await train(net, x, y, { epochs: 1e6, batchSize: 8, show: false, callbacks: { onEpochEnd: (epoch) => { if (epoch === 3) console.log('train goes on') } } })"],
      ['fit', "await net.fit(x, y, { epochs: 1e6, batchSize: 8, verbose: 0, callbacks: { onEpochEnd: (epoch) => { if (epoch === 3) console.log('fit goes on') } } })"],
      ['loop', "const opt = tf.train.sgd(0.001); console.log('loop goes on'); while (true) opt.minimize(() => tf.losses.meanSquaredError(y, net.apply(x)))"],
      // Most of the time inside of a layer's call, whose name must not stay in the names of later weights: the next test loads a model.
      ['apply', "console.log('apply goes on'); while (true) tf.dispose(net.apply(x))"],
    ] as const;
    for (const [name, code] of loops) {
      const running = kernel.run(code);
      await kernel.untilPrinted(`${name} goes on`);
      const started = performance.now();
      await kernel.process.interrupt();
      const { reply } = await running;
      expect(performance.now() - started, name).toBeLessThan(2_000);
      expect(reply, name).toMatchObject({ ename: 'Interrupted' });
      expect(await kernel.value("const again = await train(net, x, y, { epochs: 3, show: false }); const now = tf.memory().numTensors; await train(net, x, y, { epochs: 3, show: false }); [again.epochsRun, tf.memory().numTensors - now, tf.getBackend()]"), name).toBe("[ 3, 0, 'tensorflow' ]");
    }
  });

  it('file:// saves and loads, with one handler each', async () => {
    expect(await kernel.value("[tf.io.getSaveHandlers('file://./m').length, tf.io.getLoadHandlers('file://./m').length]")).toBe('[ 1, 1 ]');
    const code = `const before = net.predict(x).arraySync(); await net.save('file://./saved'); const loaded = await tf.loadLayersModel('file://./saved/model.json');
      const difference = tf.max(tf.abs(tf.sub(loaded.predict(x), before))).arraySync(); [difference, loaded.layers[0].mask.nnz, loaded.layers[0].countParams()]`;
    expect(await kernel.value(code)).toBe('[ 0, 4, 6 ]');
    expect(fs.readdirSync(`${kernel.folder}/saved`).sort()).toEqual(['model.json', 'weights.bin']);
    const plain = "const dense = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] }); await dense.save('file://plain'); (await tf.loadLayersModel('file://plain/model.json')).predict(x).sub(dense.predict(x)).abs().max().arraySync()";
    expect(await kernel.value(plain)).toBe('0');
  });
});
