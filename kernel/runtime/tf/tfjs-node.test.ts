import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tf } from './tfjs.js';
import { callableFromEs5, loadTfjsNode } from './tfjs-node.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'patchbay-tfjs-node-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder in which `@tensorflow/tfjs-node` is this CommonJS code. */
function folderWith(name: string, code: string): string {
  const folder = path.join(root, name);
  const home = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'index.js'), code);
  return folder;
}

describe('loadTfjsNode', () => {
  // With NODE_PATH a package may be found from every folder.
  it.skipIf(process.env['NODE_PATH'])('says that it is not installed, or what broke', () => {
    expect(loadTfjsNode([path.join(root, 'nowhere')])).toEqual({ ok: false, reason: '@tensorflow/tfjs-node is not installed' });
    const broken = folderWith('broken', `throw new Error('libtensorflow.so.2: cannot open shared object file')`);
    expect(loadTfjsNode([path.join(root, 'nowhere'), broken])).toMatchObject({ ok: false, reason: expect.stringMatching(/tfjs-node.*index\.js: libtensorflow\.so\.2/) as string });
    expect(loadTfjsNode([folderWith('empty', '')])).toMatchObject({ ok: false, reason: expect.stringMatching(/registered no backend/) as string });
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
    const folder = folderWith('probe', `
      const tf = require('@tensorflow/tfjs');
      const util = require('util');
      function Backend() { const self = tf.KernelBackend.call(this) || this; self.binding = { TF_Version: '1.2.3' }; return self; }
      Backend.prototype = Object.create(tf.KernelBackend.prototype, { constructor: { value: Backend }, dispose: { value() {} } });
      if (!util.isNullOrUndefined(undefined) || !util.isArray([])) throw new Error('no shim');
      tf.registerBackend('tensorflow', () => new Backend());
      exports.version = { 'tfjs-node': '9.9.9' };
    `);
    const installed = tf.findBackendFactory('tensorflow') as (() => never) | null;
    if (installed) tf.removeBackend('tensorflow');
    expect(loadTfjsNode([folder])).toEqual({ ok: true, version: '9.9.9', tensorflow: '1.2.3' });
    expect(tf.findBackend('tensorflow')).toBeInstanceOf(tf.KernelBackend);
    tf.removeBackend('tensorflow');
    if (installed) tf.registerBackend('tensorflow', installed);
  });
});
