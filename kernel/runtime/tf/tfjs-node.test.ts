import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { tf } from './tfjs.js';
import { callableFromEs5 } from './callable-from-es5.js';
import { loadTfjsNode } from './tfjs-node.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'patchbay-tfjs-node-'));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  if (tf.findBackendFactory('tensorflow') !== null) tf.removeBackend('tensorflow');
});

/** A folder in which `@tensorflow/tfjs-node` is this CommonJS code. */
function folderWith(name: string, code: string): string {
  const folder = path.join(root, name);
  const home = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'index.js'), code);
  return folder;
}

/** A package that registers a backend as tfjs-node's ES5 does. */
const BACKEND = `
  const tf = require('@tensorflow/tfjs');
  function Backend() { const self = tf.KernelBackend.call(this) || this; self.binding = { TF_Version: '1.2.3' }; return self; }
  Backend.prototype = Object.create(tf.KernelBackend.prototype, { constructor: { value: Backend }, dispose: { value() {} } });
  tf.registerBackend('tensorflow', () => new Backend());
  exports.version = { 'tfjs-node': '9.9.9' };
`;

describe('loadTfjsNode', () => {
  // With NODE_PATH a package may be found from every folder.
  it.skipIf(process.env['NODE_PATH'])('says that it is not installed, or what broke and where', () => {
    const nowhere = path.join(root, 'nowhere');
    expect(loadTfjsNode([nowhere])).toEqual({ ok: false, installed: false, reason: '@tensorflow/tfjs-node is not installed' });
    const broken = folderWith('broken', `throw new Error('libtensorflow.so.2: cannot open shared object file\\nPlease run a command')`);
    const empty = folderWith('empty', '');
    const place = (folder: string) => path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node', 'index.js');
    // A folder inside another finds the same package once more.
    expect(loadTfjsNode([nowhere, broken, path.join(broken, 'notebooks'), empty])).toEqual({
      ok: false,
      installed: true,
      reason: `${place(broken)}: libtensorflow.so.2: cannot open shared object file; ${place(empty)}: it loaded but registered no backend`,
    });
  });

  it('goes on to the next folder, and leaves nothing of what broke half-way', () => {
    const half = folderWith('half', `
      const tf = require('@tensorflow/tfjs');
      tf.registerKernel({ kernelName: 'HalfKernel', backendName: 'tensorflow', kernelFunc() {} });
      throw new Error('half');
    `);
    expect(loadTfjsNode([half])).toMatchObject({ ok: false, installed: true });
    expect(tf.getKernel('HalfKernel', 'tensorflow')).toBeUndefined();
    expect(loadTfjsNode([half, folderWith('whole', BACKEND)])).toMatchObject({ ok: true, version: '9.9.9' });
  });

  it('registers a backend and nothing beside it: file:// and what fit prints stay ours', () => {
    const handlers = () => [tf.io.getLoadHandlers('file://x').length, tf.io.getSaveHandlers('file://x').length];
    const before = handlers();
    const code = `${BACKEND}
      tf.io.registerLoadRouter(() => ({ load() {} }));
      tf.io.registerSaveRouter(() => ({ save() {} }));
      tf.registerCallbackConstructor(1, class extends tf.CustomCallback { constructor() { super({}); globalThis.printed = true; } });`;
    expect(loadTfjsNode([folderWith('routers', code)])).toMatchObject({ ok: true });
    expect(handlers()).toEqual(before);
  });

  it('hands out classes that ES5 code can extend', () => {
    class Base {
      readonly sum: number;
      constructor(a: number, b: number) {
        this.sum = a + b;
      }
      static readonly kind = 'base';
    }
    const { Base: Callable, plain } = callableFromEs5({ Base, plain: Math.max }) as { Base: typeof Base; plain: typeof Math.max };
    function Derived(this: object, a: number): object {
      return (Callable as unknown as { call(self: object, ...args: number[]): object }).call(this, a, 1);
    }
    Derived.prototype = Object.create(Callable.prototype, { constructor: { value: Derived } });
    const made = Reflect.construct(Derived, [2]) as Base;
    expect([made instanceof Base, made instanceof Derived, made.sum, Callable.kind]).toEqual([true, true, 3, 'base']);
    expect(new Callable(1, 1)).toBeInstanceOf(Base);
    expect(plain).toBe(Math.max);
  });

  it('gets our tfjs, and an util that has what Node 23 removed', () => {
    const code = `const util = require('util');
      if (!util.isNullOrUndefined(undefined) || !util.isArray([])) throw new Error('no shim');
      ${BACKEND}`;
    expect(loadTfjsNode([folderWith('probe', code)])).toEqual({ ok: true, version: '9.9.9', tensorflow: '1.2.3' });
    expect(tf.findBackend('tensorflow')).toBeInstanceOf(tf.KernelBackend);
  });
});
