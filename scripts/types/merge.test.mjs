import { fileURLToPath } from 'node:url';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { BundledTypes } from '../../kernel/control/language/thread/bundled-types.ts';
import { mergeFolder } from './merge.mjs';
import { collect } from './pack.mjs';

const merged = (files) => mergeFolder(files, '/p/ops');

describe('files of a folder', () => {
  it('become one module, which imports once what they import', () => {
    const result = merged({
      '/p/tensor.d.ts': 'export declare class Tensor {}\n',
      '/p/ops/abs.d.ts': '/// <amd-module name="abs" />\nimport { Tensor } from \'../tensor\';\n/** Without its sign. */\ndeclare function abs_(x: Tensor): Tensor;\nexport declare const abs: typeof abs_;\nexport {};\n',
      '/p/ops/add.d.ts': "import { Tensor } from '../tensor';\nimport { abs } from './abs';\nimport { A as B } from 'elsewhere';\nexport declare const add: typeof abs, plus: B;\n",
      '/p/index.d.ts': "export { abs } from './ops/abs';\nimport { add } from './ops/add';\nexport { add };\nexport { Tensor } from './tensor';\n",
    });
    expect(result).toEqual({
      '/p/tensor.d.ts': 'export declare class Tensor {}\n',
      '/p/ops/abs.d.ts': "export { abs } from './merged';\n",
      '/p/ops/add.d.ts': "export { add, plus } from './merged';\n",
      '/p/index.d.ts': "export { abs } from './ops/merged';\nimport { add } from './ops/merged';\nexport { add };\nexport { Tensor } from './tensor';\n",
      '/p/ops/merged.d.ts': "import { Tensor } from '../tensor';\nimport { A as B } from 'elsewhere';\n/** Without its sign. */\ndeclare function abs_(x: Tensor): Tensor;\nexport declare const abs: typeof abs_;\nexport declare const add: typeof abs, plus: B;\nexport {};\n",
    });
  });

  it('that add to a module of another folder still do, and are imported once', () => {
    const part = (name) => `import { Rank } from '../types';\ndeclare module '../tensor' {\n  interface Tensor { ${name}(): Rank }\n}\n`;
    const result = merged({ '/p/types.d.ts': 'export type Rank = 1;\n', '/p/tensor.d.ts': 'export declare class Tensor {}\n', '/p/ops/a.d.ts': part('a'), '/p/ops/b.d.ts': part('b'), '/p/all.d.ts': "import './ops/a';\nimport './ops/b';\n" });
    expect(Object.keys(result).sort()).toEqual(['/p/all.d.ts', '/p/ops/merged.d.ts', '/p/tensor.d.ts', '/p/types.d.ts']);
    expect(result['/p/all.d.ts']).toBe("import './ops/merged';\n");
    expect(result['/p/ops/merged.d.ts'].match(/declare module '\.\.\/tensor'/g)).toHaveLength(2);
  });

  const two = { '/p/ops/a.d.ts': 'export declare const a: 1;\n', '/p/ops/b.d.ts': 'export declare const b: 1;\n' };
  it.each([
    ['declares a name that another one declares', 'declare const a: 2;\nexport declare const c: typeof a;\n'],
    ['means something else by a name', "import { a } from '../other';\nexport declare const c: typeof a;\n"],
    ['imports a whole module', "import * as all from '../other';\nexport declare const c: typeof all;\n"],
    ['has a default import', "import a from './a';\nexport declare const c: typeof a;\n"],
    ['exports by name', 'declare const c: 1;\nexport { c as d };\n'],
    ['exports what another file has', "export * from '../other';\n"],
    ['exports a value', 'declare const c: 1;\nexport default c;\n'],
    ['is more than declarations', 'export declare namespace c {}\nc;\n'],
  ])('keep one apart that %s', (_, text) => {
    const result = merged({ ...two, '/p/other.d.ts': 'export declare const a: 3;\n', '/p/ops/c.d.ts': text });
    expect(result['/p/ops/c.d.ts'].replaceAll("'./merged'", "'./a'")).toBe(text);
    expect(result['/p/ops/merged.d.ts']).not.toContain('c:');
  });

  it.each(["import * as a from './ops/a';\n", "export * from './ops/a';\n", "export * as a from './ops/a';\n", 'export type A = import("./ops/a").a;\n'])('keep one apart whose exports are taken together: %j', (text) => {
    const files = { ...two, '/p/ops/c.d.ts': 'export declare const c: 1;\n', '/p/index.d.ts': text };
    const result = merged(files);
    expect([result['/p/index.d.ts'], result['/p/ops/a.d.ts']]).toEqual([text, files['/p/ops/a.d.ts']]);
    expect(result['/p/ops/merged.d.ts']).toContain('const c');
  });

  it('stay as they are when there is nothing to merge', () => {
    const files = { '/p/ops/a.d.ts': 'export declare const a: 1;\n', '/q/b.d.ts': 'export {};\n' };
    expect(merged(files)).toBe(files);
  });
});

it('tfjs has the same types as before, without an error', async () => {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
  const { files } = await collect(root);
  const types = new BundledTypes(files);
  const core = '/patchbay-types/@tensorflow/tfjs-core/dist';
  const entry = '/check.ts';
  const check = `import * as tf from '@tensorflow/tfjs';\nimport { conv2d as deep } from '@tensorflow/tfjs-core/dist/ops/conv2d';\nconst t: tf.Tensor2D = tf.tensor2d([[1]]).as2D(1, 1);\nconst s: tf.Scalar = t.matMul(t).sum().add(1);\nconst same: typeof tf.conv2d = deep;\ntf.fused.conv2d; tf.image.flipLeftRight; tf.losses.meanSquaredError; tf.linalg.qr; s; same;\n`;
  const host = {
    ...ts.createCompilerHost({}),
    fileExists: (file) => file === entry || file in files,
    readFile: (file) => (file === entry ? check : files[file]),
    getSourceFile: (file, options) => ts.createSourceFile(file, file === entry ? check : (files[file] ?? ''), options),
    getDefaultLibFileName: () => '/patchbay-types/typescript/lib/lib.d.ts',
    getDefaultLibLocation: () => '/patchbay-types/typescript/lib',
    getCurrentDirectory: () => '/',
    directoryExists: () => true,
    resolveModuleNames: (specifiers, from) => specifiers.map((specifier) => types.resolveFrom(from, specifier)).map((resolvedFileName) => resolvedFileName && { resolvedFileName, extension: '.d.ts' }),
  };
  const program = ts.createProgram([entry], { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, lib: ['lib.esnext.d.ts', 'lib.dom.d.ts'], types: [], noEmit: true }, host);
  const errors = [entry, `${core}/ops/merged.d.ts`, `${core}/public/chained_ops/merged.d.ts`].flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)));
  // Of WebGPU and of long.js there are no declarations.
  expect(errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).filter((text) => !/@webgpu|'Long'/.test(text))).toEqual([]);
  expect(program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(core)).length).toBeLessThan(130);
});
