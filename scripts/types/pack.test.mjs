import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, firstParagraphs } from './pack.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

describe('the packed declarations', async () => {
  const { files, inputs } = await collect(root);

  it.each([
    '/patchbay-types/patchbay/runtime/index.d.ts',
    '/patchbay-types/@types/node/fs/promises.d.ts',
    '/patchbay-types/undici-types/fetch.d.ts',
    '/patchbay-types/@tensorflow/tfjs/dist/index.d.ts',
    '/patchbay-types/@tensorflow/tfjs-core/dist/public/chained_ops/merged.d.ts',
    '/patchbay-types/@tensorflow/tfjs-core/dist/ops/mat_mul.d.ts',
    '/patchbay-types/@tensorflow/tfjs-layers/dist/exports_layers.d.ts',
    '/patchbay-types/typescript/lib/lib.esnext.d.ts',
    '/patchbay-types/typescript/lib/lib.dom.d.ts',
    '/patchbay-types/tslab/index.d.ts',
  ])('hold %s', (file) => expect(files[file]?.length).toBeGreaterThan(10));

  it('hold every file that one of them names by a relative path', () => {
    const missing = Object.entries(files).flatMap(([file, text]) =>
      [...text.matchAll(/^(?:import|export)[^;]*? from '(\.[^']+)'/gm)]
        .map(([, specifier]) => path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, '')))
        .filter((base) => !(`${base}.d.ts` in files) && !(`${base}/index.d.ts` in files))
        .map((base) => `${file} -> ${base}`),
    );
    expect(missing).toEqual([]);
  });

  it('name nowhere what is read on demand, so that it is', () => {
    const rare = Object.keys(files).flatMap((file) => /^\/patchbay-types\/node-on-demand\/(\w+)\.d\.ts$/.exec(file)?.slice(1) ?? []);
    expect(rare).toContain('http2');
    const named = new RegExp(`(?:from|import\\(|require\\() *['"](?:node:)?(?:${rare.join('|')})['"/]`);
    expect(Object.entries(files).filter(([file, text]) => !file.includes('/node-on-demand/') && named.test(text.replace(/\/\*[^]*?\*\//g, ''))).map(([file]) => file)).toEqual([]);
  });

  it.each([
    ['/**\n * One\n * two.\n *\n * ```js\n * code();\n * ```\n *\n * Three.\n * @since v1\n * @param a the a\n */\nconst a = 1;', '/**\n * One\n * two.\n * @since v1\n * @param a the a\n */\nconst a = 1;'],
    ['/**\n * One.\n *\n * More.\n */\nlet b;', '/**\n * One.\n */\nlet b;'],
    ['/** One line. */ let c; /** @deprecated */ let d;', '/** One line. */ let c; /** @deprecated */ let d;'],
    ['    /**\n     * @since v1\n     */', '    /**\n     * @since v1\n     */'],
  ])('keep of Node the first paragraph and the tags: %j', (text, expected) => expect(firstParagraphs(text)).toBe(expected));

  it('say what Node does', () => expect(files['/patchbay-types/@types/node/fs/promises.d.ts']).toMatch(/Asynchronously reads the entire contents of a file\./));

  it('have no licence comments, and fit the package', () => {
    expect(Object.values(files).filter((text) => text.startsWith('/**\n * @license'))).toEqual([]);
    expect(JSON.stringify(files).length).toBeLessThan(8_000_000);
    expect(inputs.length).toBeGreaterThan(800);
  });
});
