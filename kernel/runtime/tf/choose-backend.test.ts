import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { askedBackend, backendSentence, chooseBackend } from './choose-backend.js';
import { ready, tf } from './index.js';
import { nativeFolders, preparedFolder } from './native-folders.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'patchbay-backend-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('PATCHBAY_BACKEND', () => {
  it.each([
    ['', undefined],
    [undefined, undefined],
    ['wasm', 'wasm'],
    ['cpu', 'cpu'],
    ['tensorflow', 'tensorflow'],
  ])('%s asks for %s', (value, backend) => expect(askedBackend({ PATCHBAY_BACKEND: value })).toBe(backend));

  it('refuses what is none', () => expect(() => askedBackend({ PATCHBAY_BACKEND: 'webgl' })).toThrow('PATCHBAY_BACKEND is "webgl", expected one of tensorflow, wasm, cpu, or nothing'));
});

describe('chooseBackend', () => {
  let before = '';
  const broken = path.join(root, 'broken');
  beforeAll(async () => {
    await ready;
    before = tf.getBackend();
    const home = path.join(broken, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'index.js'), `throw new Error('libtensorflow.so.2: cannot open shared object file')`);
  });
  beforeEach(() => void vi.stubEnv('PATCHBAY_BACKEND', undefined));
  afterEach(() => {
    vi.unstubAllEnvs();
    return tf.setBackend(before);
  });

  it('takes the asked one, and none that is faster', async () => {
    await chooseBackend([broken], 'wasm');
    expect([tf.getBackend(), backendSentence()]).toEqual(['wasm', expect.stringMatching(/^tfjs 4\.22\.0 on the wasm backend \((no )?SIMD\)$/)]);
    await chooseBackend([broken], 'cpu');
    expect([tf.getBackend(), backendSentence()]).toEqual(['cpu', 'tfjs 4.22.0 on the cpu backend']);
  });

  // With NODE_PATH a package may be found from every folder.
  it.skipIf(process.env['NODE_PATH'])('says nothing of a tfjs-node that nobody installed, unless it was asked for', async () => {
    await chooseBackend([root]);
    expect(backendSentence()).toMatch(/SIMD\)$/);
    await chooseBackend([root], 'tensorflow');
    expect(backendSentence()).toMatch(/SIMD\); tensorflow did not start: @tensorflow\/tfjs-node is not installed$/);
  });

  it('falls back from a broken tfjs-node, says why in one line, and prints nothing', async () => {
    const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockImplementation(() => undefined));
    await chooseBackend([broken]);
    expect(tf.getBackend()).toBe('wasm');
    expect(tf.tensor1d([1, 2]).sum().dataSync()[0]).toBe(3);
    expect(backendSentence()).toMatch(/^tfjs 4\.22\.0 on the wasm backend \((no )?SIMD\); tensorflow did not start: \S*broken\S*index\.js: libtensorflow\.so\.2: cannot open shared object file$/);
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe('where tfjs-node is looked for', () => {
  it("is the notebook's folder first, then this process's, and what was set up last; each once", () => {
    const env = { PATCHBAY_CACHE: '/cache' };
    const folders = nativeFolders('/notebooks', env);
    expect([folders[0], folders[1], folders.at(-1)]).toEqual(['/notebooks', process.cwd(), preparedFolder(env)]);
    expect(nativeFolders(process.cwd(), env)).toHaveLength(3);
  });

  it.each([
    [{ PATCHBAY_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
    [{ PATCHBAY_CACHE: '', XDG_CACHE_HOME: '/x' }, '/x/patchbay'],
    [{}, path.join(os.homedir(), '.cache', 'patchbay')],
  ])('%j: below %s', (env, folder) => expect(preparedFolder(env)).toBe(path.join(path.resolve(folder), 'tfjs-node-4.22.0-r1')));
});
