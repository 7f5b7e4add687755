/** The module patchbay in the real kernel: the seed's arithmetic, views, an interrupted training. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from './harness.js';

describe.each(NODES)('patchbay on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    const { stdout, reply } = await kernel.run("import { tf, Mask, maskedDense, CustomConnected, train, show, display } from 'patchbay'");
    expect(reply.status).toBe('ok');
    expect(stdout).toMatch(/^tfjs 4\.22\.0 on the \w+ backend/);
  });
  afterAll(() => kernel.stop());

  it('says which backend once', async () => expect((await kernel.run("import { masks } from 'patchbay'; import * as tfjs from '@tensorflow/tfjs'; tfjs.add === tf.add")).stdout).toBe(''));

  it('is one tfjs, whatever name a cell imports it by', async () => {
    expect(await kernel.value("import * as core from '@tensorflow/tfjs-core'; import tfDefault from '@tensorflow/tfjs'; [core.add === tf.add, tfDefault.add === tf.add]")).toBe('[ true, true ]');
  });

  it("does the seed's arithmetic, twice the same", async () => {
    await kernel.run("const A = Mask.from([[1, 0], [0, 1], [1, 1]]); const layer = CustomConnected(2, A, { kernelInitializer: 'ones', inputShape: [3] }); const x = tf.tensor2d([[1, 2, 4]])");
    expect(await kernel.value('[layer.apply(x).arraySync(), layer.apply(x).arraySync()]')).toBe('[ [ [ 5, 6 ] ], [ [ 5, 6 ] ] ]');
  });

  it('shows what tensors, layers, models and optimizers are, and not how tfjs keeps them', async () => {
    expect(await kernel.value('tf.tensor2d([[1, 2], [3, 4]])')).toBe('Tensor float32 [2, 2]\n[[1, 2],\n [3, 4]]');
    expect(await kernel.value('({ x: tf.tensor1d([1, 2]), big: tf.zeros([50, 50]) })')).toBe('{ x: Tensor float32 [2] [1, 2], big: Tensor float32 [50, 50] }');
    expect(await kernel.value("tf.layers.dense({ units: 2, name: 'shown' })")).toBe('Dense shown: not built yet');
    expect(await kernel.value("const shownNet = tf.sequential({ name: 'net', layers: [tf.layers.dense({ units: 2, inputShape: [3] })] }); shownNet")).toBe('Sequential net: 1 layer, 8 parameters, not compiled');
    expect(await kernel.value('tf.train.adam(0.01)')).toMatch(/^AdamOptimizer\(\{ learningRate: 0\.01,/);
    expect((await kernel.run('console.log(tf.scalar(1))')).stdout).toBe('Tensor float32 [] 1\n');
    const large = await kernel.run('tf.range(0, 1e7)');
    expect(large.result).toBe('Tensor float32 [10000000] [0, 1, 2, ..., 9999997, 9999998, 9999999]');
    expect(large.ms).toBeLessThan(5_000);
  });

  it('lists variables with shape, size and value, and names what has a mask', async () => {
    await kernel.run('const listedMask = Mask.from([[1, 0], [0, 1], [1, 1]]); const listedTensor = tf.tensor2d([[1, 2], [3, 4]]); const listedLayer = maskedDense({ connections: A, inputShape: [3] }); const listedBytes = new Uint8Array(100)');
    const { content } = await kernel.process.request<{ variables: { name: string }[] }>('shell', 'patchbay_variables_request', {}, 5_000);
    const row = (name: string): unknown => content.variables.find((variable) => variable.name === name);
    expect(row('listedMask')).toEqual({ name: 'listedMask', type: 'Mask', preview: '3×2 mask: 4 of 6 connected (66.7 %)', shape: [3, 2], bytes: 32, isMask: true, wiring: 'mask' });
    expect(row('listedTensor')).toEqual({ name: 'listedTensor', type: 'Tensor', preview: '[[1, 2], [3, 4]]', shape: [2, 2], bytes: 16, isMask: false, wiring: 'matrix' });
    expect(row('listedLayer')).toMatchObject({ type: 'MaskedDense', isMask: true });
    expect(row('listedBytes')).toMatchObject({ type: 'Uint8Array', shape: [100], bytes: 100 });
  });

  it('refuses a transposed matrix with both shapes and the way out', async () => {
    const { reply } = await kernel.run('CustomConnected(2, [[1, 0, 1], [0, 1, 1]], { inputShape: [3] })');
    expect(reply).toMatchObject({ status: 'error' });
    expect(reply.status === 'error' && reply.evalue).toMatch(/\[2, 3\].*\[inputs, outputs\] = \[3, 2\].*transpose/);
  });

  it('keeps masked entries +0 through 200 steps of Adam and of momentum', async () => {
    for (const optimizer of ['tf.train.adam(0.05)', 'tf.train.momentum(0.01, 0.9)']) {
      const code = `const net = tf.sequential(); net.add(maskedDense({ connections: A, inputShape: [3] })); net.compile({ optimizer: ${optimizer}, loss: 'meanSquaredError' });
        const trained = await train(net, tf.randomNormal([64, 3], 0, 1, 'float32', 1), tf.randomNormal([64, 2], 0, 1, 'float32', 2), { epochs: 50, batchSize: 16, show: false });
        const [K] = net.layers[0].getWeights(); const k = K.arraySync(); [trained.steps.length, Object.is(k[0][1], 0), Object.is(k[1][0], 0), k[0][0] !== 0]`;
      expect(await kernel.value(code)).toBe('[ 200, true, true, true ]');
    }
  });

  it('trains a conv2d', async () => {
    const code = `const conv = tf.sequential({ layers: [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [6, 6, 1] }), tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
      conv.compile({ optimizer: 'sgd', loss: 'meanSquaredError' }); const h = await conv.fit(tf.ones([8, 6, 6, 1]), tf.ones([8, 1]), { epochs: 2, verbose: 0 }); h.history.loss.length`;
    expect(await kernel.value(code)).toBe('2');
  });

  it('draws: view, picture and sentence in one bundle, in order with the output around it', async () => {
    const { displays, types, messages } = await kernel.run("console.log('before'); show.mask(A); console.log('after')");
    expect(Object.keys(displays[0]!).sort()).toEqual(['application/vnd.patchbay.mask+json', 'image/png', 'text/plain']);
    expect(Buffer.from(String(displays[0]!['image/png']), 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(displays[0]!['text/plain']).toMatch(/^Connection mask, 3 inputs × 2 outputs: 4 of 6 connected/);
    expect(types.filter((type) => type === 'stream' || type === 'display_data')).toEqual(['stream', 'display_data', 'stream']);
    expect(messages.filter(({ header }) => header.msg_type === 'execute_result')).toHaveLength(0);
  });

  it('shows a Mask and a layer as last expression, and a handle not at all', async () => {
    const mask = await kernel.run('A');
    const data = mask.messages.find(({ header }) => header.msg_type === 'execute_result')?.content['data'];
    expect(Object.keys(data as object)).toEqual(expect.arrayContaining(['application/vnd.patchbay.mask+json', 'image/png']));
    expect((await kernel.run('show.kernel(layer)')).result).toBeUndefined();
  });

  it('an interrupted training ends after its step and keeps what it has, and the cell ends there', async () => {
    await kernel.run("const long = tf.sequential(); long.add(maskedDense({ connections: A, inputShape: [3] })); long.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })");
    const running = kernel.run("globalThis.wentOn = false; const stopped = await train(long, tf.ones([64, 3]), tf.ones([64, 2]), { epochs: 1e6, batchSize: 8, callbacks: { onEpochEnd: (epoch) => { if (epoch === 3) console.log('training goes on') } } }); wentOn = true");
    await kernel.untilPrinted('training goes on');
    const started = performance.now();
    await kernel.process.interrupt();
    const { reply } = await running;
    expect(performance.now() - started).toBeLessThan(1_200);
    expect(reply).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect(await kernel.value("[stopped.stoppedBy, stopped.steps.length > 0, Number.isFinite(long.layers[0].liveWeights()[0]), wentOn]")).toBe("[ 'interrupt', true, true, false ]");
  });

  it('a sweep of trainings ends with the one that is interrupted, also when it is the last expression', async () => {
    const running = kernel.run("const runs: string[] = []; async function sweep() { for (const rate of [0.1, 0.2, 0.3]) { const run = await train(long, tf.ones([64, 3]), tf.ones([64, 2]), { epochs: 1e6, batchSize: 8, callbacks: { onEpochEnd: (epoch) => { if (epoch === 3) console.log('sweep at', rate) } } }); runs.push(run.stoppedBy) } } await sweep()");
    await kernel.untilPrinted('sweep at 0.1');
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    expect(await kernel.value('runs[0]')).toBe("'interrupt'");
    expect(await kernel.value('(await train(long, tf.ones([8, 3]), tf.ones([8, 2]), { epochs: 2, show: false })).epochsRun')).toBe('2');
  });

  it('an interrupted model.fit ends after its batch and can be called again', async () => {
    const running = kernel.run("const fitted = await long.fit(tf.ones([64, 3]), tf.ones([64, 2]), { epochs: 1e6, batchSize: 8, verbose: 0, callbacks: { onEpochEnd: (epoch) => { if (epoch === 3) console.log('fit goes on') } } })");
    await kernel.untilPrinted('fit goes on');
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    expect(await kernel.value("fitted.history.loss.length > 0 && (await long.fit(tf.ones([64, 3]), tf.ones([64, 2]), { epochs: 2, verbose: 0 })).history.loss.length")).toBe('2');
  });

  it('a terminated tfjs loop leaves a tfjs that trains', async () => {
    const running = kernel.run("const opt = tf.train.sgd(0.01); const [px, py] = [tf.ones([512, 3]), tf.ones([512, 2])]; console.log('minimizing'); while (true) opt.minimize(() => tf.losses.meanSquaredError(py, long.apply(px)))");
    await kernel.untilPrinted('minimizing');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    expect(await kernel.value("const again = await train(long, px, py, { epochs: 3, show: false }); const before = tf.memory().numTensors; await train(long, px, py, { epochs: 3, show: false }); [again.epochsRun, tf.memory().numTensors - before]")).toBe('[ 3, 0 ]');
  });

  it('a train or fit that had to be terminated can be called again, and its curve has ended', async () => {
    for (const call of ['train', 'fit']) {
      const code = call === 'train' ? "await train(long, px, py, { epochs: 5, seed: 1, callbacks: { onEpochEnd: () => { console.log('stuck in train'); while (true) {} } } })" : "await long.fit(px, py, { epochs: 5, verbose: 0, callbacks: { onEpochEnd: () => { console.log('stuck in fit'); while (true) {} } } })";
      const running = kernel.run(code);
      await kernel.untilPrinted(`stuck in ${call}`);
      await kernel.process.interrupt();
      const { reply, messages } = await running;
      expect(reply).toMatchObject({ ename: 'Interrupted' });
      const views = messages.map(({ content }) => (content['data'] as Record<string, { runs?: { running: boolean }[] }> | undefined)?.['application/vnd.patchbay.loss+json']).filter((view) => view !== undefined);
      if (call === 'train') expect(views.at(-1)?.runs?.[0]?.running).toBe(false);
      expect(await kernel.value('(await train(long, px, py, { epochs: 1, show: false })).epochsRun')).toBe('1');
      expect(await kernel.value('(await long.fit(px, py, { epochs: 1, verbose: 0 })).history.loss.length')).toBe('1');
      expect(await kernel.value("Math.random.toString().includes('native code')")).toBe('true');
    }
  });

  it('an interrupted progress loop ends after its item', async () => {
    const running = kernel.run("import { progress } from 'patchbay'; let items = 0; for (const i of progress(Array.from({ length: 1e6 }))) { if (++items === 4) console.log('the loop goes on'); await new Promise((done) => setTimeout(done, 5)) } items");
    await kernel.untilPrinted('the loop goes on');
    await kernel.process.interrupt();
    const { reply } = await running;
    expect(reply).toMatchObject({ ename: 'Interrupted' });
    expect(Number(await kernel.value('items'))).toBeGreaterThan(3);
    const before = kernel.run("for (const i of progress([1, 2, 3])) { if (i === 1) console.log('without await'); const until = Date.now() + 200; while (Date.now() < until); } globalThis.afterLoop = true");
    await kernel.untilPrinted('without await');
    await kernel.process.interrupt();
    expect((await before).reply).toMatchObject({ ename: 'Interrupted' });
    expect(await kernel.value('typeof afterLoop')).toBe("'undefined'");
  });

  it('1 + 1 is not slower after the import', async () => {
    const times: number[] = [];
    for (let i = 0; i < 60; i++) times.push((await kernel.run('1 + 1')).ms);
    times.sort((a, b) => a - b);
    expect(times[30]!).toBeLessThan(15);
  });
});
