/** Which tfjs-node a real kernel takes, and what it does about a broken one. */
import fs from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestKernel } from '../process/harness.js';
import { addTfjsNode, emptyCache } from './packages.js';

const FIRST = "import { tf } from 'patchbay'; tf.getBackend()";
const TRAINS = `import { maskedDense, train } from 'patchbay'; const net = tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3] })] });
  net.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' }); const ran = await train(net, tf.ones([8, 3]), tf.ones([8, 2]), { epochs: 30, show: false }); ran.steps.at(-1) < ran.steps[0]`;

let kernel: TestKernel | undefined;
const folders: string[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await kernel?.stop();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

function nothingSetUp(): void {
  const cache = emptyCache();
  folders.push(cache);
  vi.stubEnv('PATCHBAY_CACHE', cache);
}

async function start(): Promise<TestKernel> {
  kernel = new TestKernel();
  await kernel.process.ready;
  return kernel;
}

describe('tfjs-node in a real kernel', () => {
  it("is taken from the notebook's own node_modules", async () => {
    nothingSetUp();
    const { folder } = await start();
    addTfjsNode(folder);
    const { stdout, stderr, result } = await kernel!.run(FIRST);
    expect([stdout, stderr, result]).toEqual([expect.stringMatching(/^tfjs 4\.22\.0 on tfjs-node 4\.22\.0 \(TensorFlow [\d.]+\)\n$/), '', "'tensorflow'"]);
    expect(await kernel!.value(TRAINS)).toBe('true');
  });

  it('that has lost its library: one line says what, and training goes on in wasm', async () => {
    nothingSetUp();
    const { folder } = await start();
    fs.rmSync(addTfjsNode(folder).libraries, { recursive: true });
    const { stdout, stderr, result } = await kernel!.run(FIRST);
    expect(stdout).toMatch(/^tfjs 4\.22\.0 on the wasm backend \(\w+\); tensorflow did not start: \S*node_modules\/@tensorflow\/tfjs-node\/dist\/index\.js: libtensorflow\S*: cannot open shared object file: No such file or directory\n$/);
    expect([stderr, result, kernel!.log]).toEqual(['', "'wasm'", []]);
    expect(await kernel!.value(TRAINS)).toBe('true');
  });

  it('that was installed without its install script: the same', async () => {
    nothingSetUp();
    const { folder } = await start();
    const { home } = addTfjsNode(folder);
    fs.rmSync(`${home}/lib`, { recursive: true });
    const { stdout, result } = await kernel!.run(FIRST);
    expect(stdout).toMatch(/^tfjs 4\.22\.0 on the wasm backend \(\w+\); tensorflow did not start: .*tfjs_binding\.node.* can not be found at path: \S+\n$/);
    expect(result).toBe("'wasm'");
  });

  it('a broken one in the notebook folder hides none that was set up', async () => {
    const { folder } = await start();
    fs.rmSync(addTfjsNode(folder).libraries, { recursive: true });
    const { stdout, result } = await kernel!.run(FIRST);
    expect([stdout, result]).toEqual([expect.stringMatching(/^tfjs 4\.22\.0 on tfjs-node [^;]+\n$/), "'tensorflow'"]);
    expect(await kernel!.value(TRAINS)).toBe('true');
  });

  it.each(['wasm', 'cpu'])('is left alone where PATCHBAY_BACKEND is %s', async (backend) => {
    vi.stubEnv('PATCHBAY_BACKEND', backend);
    await start();
    const { stdout, result } = await kernel!.run(FIRST);
    expect([stdout, result]).toEqual([expect.stringMatching(new RegExp(`^tfjs 4\\.22\\.0 on the ${backend} backend`)), `'${backend}'`]);
    expect(await kernel!.value("tf.findBackendFactory('tensorflow')")).toBe('null');
  });

  it('a name that PATCHBAY_BACKEND does not know is an error of the cell', async () => {
    vi.stubEnv('PATCHBAY_BACKEND', 'gpu');
    await start();
    expect((await kernel!.run(FIRST)).reply).toMatchObject({ status: 'error', ename: 'ArgumentError', evalue: 'the environment variable PATCHBAY_BACKEND is "gpu", expected one of tensorflow, wasm, cpu, or nothing' });
  });
});
