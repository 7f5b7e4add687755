import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { types } from '../../../../test/support/language.js';
import { packed } from '../../../../scripts/types/pack.mjs';
import { BundledTypes, isBundled, isOnDemand } from './bundled-types.js';

describe('the packed file', () => {
  const files = { '/patchbay-types/a.d.ts': 'export declare const π: 1;\n', '/patchbay-types/empty.d.ts': '', '/patchbay-types/z/index.d.ts': 'x\n\ny' };

  it('gives back what was packed', () => {
    const read = BundledTypes.unpack(packed(files));
    for (const [file, text] of Object.entries(files)) {
      expect(read.has(file)).toBe(true);
      expect([read.text(file), read.text(file)]).toEqual([text, text]);
    }
    expect([read.has('/patchbay-types/b.d.ts'), read.text('/patchbay-types/b.d.ts')]).toEqual([false, undefined]);
  });

  it('is named when it is not there', () => {
    const file = path.join(os.tmpdir(), `patchbay-nowhere-${process.pid}`, 'types.pack');
    expect(fs.existsSync(file)).toBe(false);
    expect(() => BundledTypes.read(file)).toThrow('types.pack');
  });
});

describe('a specifier', () => {
  it.each([
    ['patchbay', 'patchbay/runtime/index.d.ts'],
    ['tslab', 'tslab/index.d.ts'],
    ['@tensorflow/tfjs', '@tensorflow/tfjs/dist/index.d.ts'],
    ['@tensorflow/tfjs-core', '@tensorflow/tfjs-core/dist/index.d.ts'],
    ['@tensorflow/tfjs-node', '@tensorflow/tfjs/dist/index.d.ts'],
    ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs/dist/index.d.ts'],
    ['@tensorflow/tfjs-layers/dist/layers/core', '@tensorflow/tfjs-layers/dist/layers/core.d.ts'],
    ['@tensorflow/tfjs-layers/dist/layers/core.js', '@tensorflow/tfjs-layers/dist/layers/core.d.ts'],
    ['@tensorflow/tfjs-core/dist/ops', undefined],
    ['@tensorflow/other', undefined],
    ['http2', 'node-on-demand/http2.d.ts'],
    ['node:inspector/promises', 'node-on-demand/inspector.d.ts'],
    ['node:test', 'node-on-demand/test.d.ts'],
    ['test', undefined],
    ['http2-wrapper', undefined],
    ['node:fs', undefined],
    ['./patchbay', undefined],
    ['toString', undefined],
  ])('%s means %s', (specifier, file) => expect(types.resolve(specifier)).toBe(file === undefined ? undefined : `/patchbay-types/${file}`));

  it('in a bundled file may be relative', () => {
    const core = '/patchbay-types/@tensorflow/tfjs-core/dist';
    expect(types.resolveFrom(`${core}/index.d.ts`, './base')).toBe(`${core}/base.d.ts`);
    expect(types.resolveFrom(`${core}/ops/abs.d.ts`, '../tensor')).toBe(`${core}/tensor.d.ts`);
    expect(types.resolveFrom(`${core}/ops/abs.d.ts`, '../nothing')).toBeUndefined();
    expect(types.resolveFrom('/patchbay-types/@tensorflow/tfjs-layers/dist/index.d.ts', '@tensorflow/tfjs-core')).toBe(`${core}/index.d.ts`);
  });
});

it('a path says whether it is bundled', () => {
  expect(['/patchbay-types/tslab/index.d.ts', '/patchbay-types', '/home/patchbay-types/x.d.ts'].map(isBundled)).toEqual([true, false, false]);
  expect(['/patchbay-types/node-on-demand/test.d.ts', '/patchbay-types/@types/node/fs.d.ts'].map(isOnDemand)).toEqual([true, false]);
});
