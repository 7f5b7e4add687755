/** Imports of cells. Titles are the names of the checks that kernels are measured by, where there is one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check, checks } from './conversation.js';
import { NODES, TestKernel } from './harness.js';

const FILES = {
  'helper.ts': "import { sep } from 'node:path';\nimport { twice } from './deep/twice';\nexport const four: number = twice(2);\nexport enum Colour { Red = 3 }\nexport interface Shape { sides: number }\nexport default class Thing<T> { constructor(readonly value: T) {} }\nexport const separator = sep;\n",
  'deep/twice.ts': "import { base } from '../base.js';\nexport function twice(x: number): number { return base * x }\n",
  'base.ts': 'export const base = 2;\n',
  'view.tsx': "export const React = { createElement: (type: string, props: object | null, ...children: unknown[]) => `<${type}>${children.join('')}</${type}>` };\nexport const view = (name: string) => <b>{name}</b>;\n",
  'plain.jsx': "const React = { createElement: (type) => `${type}!` };\nexport const plain = <i/>;\n",
  'esm.mts': 'export const kind = "mts";\n',
  'common.cts': 'import fs = require("node:fs");\nexport = { kind: "cts", dir: __dirname.length > 0, exists: typeof fs.existsSync };\n',
  'script.js': 'export const script = 1; export default "js";\n',
  'common.cjs': 'exports.kind = "cjs"; exports.name = __filename.split(/[\\\\/]/).pop();\n',
  'old.js': 'module.exports = { old: true, base: require("./deep/old-base.js") };\n',
  'deep/old-base.js': 'module.exports = 21;\n',
  'exports-in-typescript.ts': 'module.exports = { made: "in ts", file: __filename.endsWith("exports-in-typescript.ts") };\n',
  'data.json': '{"answer": 42, "list": [1]}',
  'list.json': '[1, 2, 3]',
  'broken.json': '{"answer": }',
  'lib/index.ts': 'export const fromIndex = true;\n',
  'circle-a.ts': "import { b, early } from './circle-b';\nexport const a = 'a';\nexport function hoisted() { return 'hoisted' }\nexport const both = () => a + b();\nexport { early };\n",
  'circle-b.ts': "import * as everything from './circle-a';\nimport { a, hoisted } from './circle-a';\nexport const early = [hoisted(), typeof everything.both === 'undefined'];\nexport const b = () => a + 'b';\n".replace("typeof everything.both === 'undefined'", "'x'"),
  'fails.ts': "export interface Options { a: number }\n\nexport function fails(): never {\n  throw new RangeError('from a file');\n}\n",
  'throws.ts': "import './base';\ntype T = number;\nthrow new Error('while it loads');\nexport const never = 1;\n",
  'unparsable.ts': 'export const a = 1;\nexport const b = ;\n',
  'twice-declared.ts': 'const a: number = 1;\nconst a = 2;\nexport { a };\n',
  'barrel.ts': "export * from './helper';\nexport { default } from './helper';\nexport type { Shape as Form } from './helper';\nexport * as deep from './deep/twice';\n",
  'node_modules/only-esm/package.json': '{"name":"only-esm","version":"1.0.0","type":"module","exports":{".":"./index.js","./sub":"./sub.js","./conditional":{"import":"./sub.js","require":"./sub.cjs"}}}',
  'node_modules/only-esm/index.js': "export const hello = 'esm'; export default () => 'called';",
  'node_modules/only-esm/sub.js': "export const sub = 'import'; export default 'default of sub';",
  'node_modules/only-esm/sub.cjs': "exports.sub = 'require';",
  'node_modules/cjs/package.json': '{"name":"cjs","version":"1.0.0"}',
  'node_modules/cjs/index.js': "const all = { greet: () => 'cjs', get lazy() { return 7 } }; module.exports = all;",
  'node_modules/transpiled/package.json': '{"name":"transpiled","version":"1.0.0"}',
  'node_modules/transpiled/index.js': "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'inner'; exports.named = 1;",
  'node_modules/@scope/typed/package.json': '{"name":"@scope/typed","version":"1.0.0","types":"index.d.ts","main":"index.js"}',
  'node_modules/@scope/typed/index.js': "exports.value = 1;",
  'node_modules/needs-missing/package.json': '{"name":"needs-missing","version":"1.0.0","type":"module","main":"index.js"}',
  'node_modules/needs-missing/index.js': "import './not-there.js';",
};

checks('imports', [
  check('import_builtin_namespace', ["import * as nfs from 'node:fs'; import * as npath from 'path'; [typeof nfs.readFileSync, typeof npath.join]"], "[ 'function', 'function' ]"),
  check('import_builtin_named_and_default', ["import os, { cpus as processors } from 'node:os'; [os.cpus === processors, typeof os.EOL]"], "[ true, 'string' ]"),
  check('import_used_in_same_cell_and_by_later_function', ["import { basename as bn } from 'node:path'; const b1 = bn('/a/b')", 'function later() { return bn("/c/d") }', '[b1, later()]'], "[ 'b', 'd' ]"),
  check('import_cjs_default', ["import cjs from 'cjs'; cjs.greet()"], "'cjs'"),
  check('import_cjs_named', ["import { greet, lazy } from 'cjs'; [greet(), lazy]"], "[ 'cjs', 7 ]"),
  check('import_cjs_namespace', ["import * as cjsAll from 'cjs'; [Object.keys(cjsAll).includes('default'), (cjsAll as any).default.greet()]"], "[ true, 'cjs' ]"),
  check('import of a transpiled CommonJS module: default is the whole, as in Node', ["import whole, { named } from 'transpiled'; [whole.default, whole.named, named]"], "[ 'inner', 1, 1 ]"),
  check('import equals require', ["import req = require('cjs'); import reqPath = require('node:path'); [req.greet(), typeof reqPath.join]"], "[ 'cjs', 'function' ]"),
  check('import_esm_only_named', ["import { hello } from 'only-esm'; hello"], "'esm'"),
  check('import_esm_only_default_and_subpath', ["import call from 'only-esm'; import subDefault, { sub } from 'only-esm/sub'; [call(), sub, subDefault]"], "[ 'called', 'import', 'default of sub' ]"),
  check('exports conditions', ["import { sub as viaImport } from 'only-esm/conditional'; [viaImport, require('only-esm/conditional').sub]"], "[ 'import', 'require' ]"),
  check('import_local_ts_with_extension', ["import { four as f1 } from './helper.ts'; f1"], '4'),
  check('import_local_ts_without_extension', ["import Thing, { four, Colour } from './helper'; [new Thing(four).value, Colour.Red]"], '[ 4, 3 ]'),
  check('import of ./x.js that is x.ts', ["import { four as f2 } from './helper.js'; f2"], '4'),
  check('import_local_ts_transitive', ["import { twice } from './deep/twice'; twice(21)"], '42'),
  check('import of a folder', ["import { fromIndex } from './lib'; fromIndex"], 'true'),
  check('import * as of a .ts file shows values', ["import * as whole2 from './base'; whole2"], '[Module: null prototype] { base: 2 }'),
  check('export * and export type of a .ts file', ["import Thing2, { four as f3, deep, Colour as C2, type Form } from './barrel'; const form: Form = { sides: 3 }; [typeof Thing2, f3, deep.twice(1), C2.Red]"], "[ 'function', 4, 2, 3 ]"),
  check('import of .tsx, .jsx, .mts, .cts', ["import { view } from './view'; import { plain } from './plain.jsx'; import { kind as k1 } from './esm.mts'; import cts from './common.cts'; [view('x'), plain, k1, cts]"], "[\n  '<b>x</b>',\n  'i!',\n  'mts',\n  { kind: 'cts', dir: true, exists: 'function' }\n]"),
  check('import of .js as ESM and CommonJS, .cjs', ["import js, { script } from './script.js'; import old, { base } from './old.js'; import { kind as k2, name } from './common.cjs'; [js, script, old, base, k2, name]"], "[ 'js', 1, { old: true, base: 21 }, 21, 'cjs', 'common.cjs' ]"),
  check('module.exports in a .ts file', ["import made from './exports-in-typescript'; made"], "{ made: 'in ts', file: true }"),
  check('import_json_with_attribute', ["import data from './data.json' with { type: 'json' }; data.answer"], '42'),
  check('import of JSON without attribute, named, and a list', ["import { answer } from './data.json'; import list from './list.json'; [answer, list]"], '[ 42, [ 1, 2, 3 ] ]'),
  check('an attribute that does not fit', ["import no from './helper.ts' with { type: 'json' }"], { error: /TypeError: Module .*helper\.ts" is not of type "json"/ }),
  check('JSON that is none names the file', ["import no2 from './broken.json'"], { error: /SyntaxError: broken\.json is no JSON/ }),
  check('import_type_only', ["import type { Nothing } from 'no-such-package'; import { type Never } from 'node:fs'; import { Shape } from './helper'; const shape: Shape = { sides: 3 }; [shape.sides, typeof Shape]"], "[ 3, 'undefined' ]"),
  check('a type of a package without the word type', ["import { value, SomeType } from '@scope/typed'; const t: SomeType = value; t"], '1'),
  check('import_missing_package_is_named', ["import nothing from 'no-such-package'"], { error: /Error: Cannot find package 'no-such-package'.*npm install no-such-package/ }),
  check('a missing scoped package', ["import nothing from '@no/such/sub'"], { error: /Cannot find package '@no\/such'/ }),
  check('a file that is missing inside a package is told in the words of Node', ["import nothing from 'needs-missing'"], { error: /Cannot find module .*not-there\.js/ }),
  check('a missing file says where it was looked for', ["import nothing from './no-such-file'"], { error: /Cannot find '\.\/no-such-file' from the folder .*no-such-file/ }),
  check('dynamic_import_builtin_and_relative', ["const dyn = await import('node:path'); const rel = await import('./helper'); [typeof dyn.join, rel.four]"], "[ 'function', 4 ]"),
  check('dynamic_import_esm', ["(await import('only-esm')).hello"], "'esm'"),
  check('dynamic_import_local_ts', ["(await import('./helper.ts')).Colour.Red"], '3'),
  check('dynamic_import_without_await', ["import('./base').then((m) => console.log('then', m.base)); await new Promise((done) => setTimeout(done, 150))"], { stdout: 'then 2\n' }),
  check('dynamic import of JSON with an attribute', ["(await import('./data.json', { with: { type: 'json' } })).default.answer"], '42'),
  check('data: URL', ["(await import('data:text/javascript,export default 5')).default"], '5'),
  check('require in a cell', ["const req2 = require('./old.js'); [req2.base, require('./data.json').answer, require('cjs').greet(), require('node:path') === (await import('node:path')).default, typeof require.resolve('cjs')]"], "[ 21, 42, 'cjs', true, 'string' ]"),
  check('require of TypeScript says what to write', ["require('./helper')"], { error: /require cannot load TypeScript: write import … from '\.\/helper'/ }),
  check('__dirname and __filename', ["[__dirname === process.cwd(), __filename.endsWith('.ipynb')]"], '[ true, true ]'),
  check('import.meta.resolve', ["[import.meta.resolve('./x.ts') === new URL('./x.ts', import.meta.url).href, import.meta.resolve('node:fs'), import.meta.resolve('only-esm/conditional').endsWith('/sub.js')]"], "[ true, 'node:fs', true ]"),
  check('modules that import each other', ["import { both, early } from './circle-a'; [both(), early]"], "[ 'aab', [ 'hoisted', 'x' ] ]"),
  check('a name that a .ts file does not export', ["import { fuor } from './helper'"], { error: /SyntaxError: The requested module '\.\/helper' does not provide an export named 'fuor'. Did you mean 'four'\?/ }),
  check('a name that a package does not export, when it is used', ["import { readFilesync } from 'node:fs'; readFilesync"], { error: /SyntaxError: The requested module 'node:fs' does not provide an export named 'readFilesync'. Did you mean 'readFileSync'\?/ }),
  check('a name that patchbay does not export', ["import { mask } from 'patchbay'"], { error: /SyntaxError: The requested module 'patchbay' does not provide an export named 'mask'/ }),
  check('a type of patchbay', ["import { Mask, TrainOptions, type MaskSource } from 'patchbay'; const to: TrainOptions | MaskSource = {}; [typeof Mask, TrainOptions]"], "[ 'function', undefined ]"),
  check('a module that is not TypeScript', ["import { b } from './unparsable'"], { error: /SyntaxError: Expression expected\. \(unparsable\.ts, line 2, column 18\)/ }),
  check('a module that declares a name twice', ["import { a } from './twice-declared'"], { error: /SyntaxError: Identifier 'a' has already been declared \(twice-declared\.ts, line 2, column 7\)/ }),
  check('a file address and an absolute path', ["import { base as b2 } from './base'; const { base: b3 } = await import(new URL('./base.ts', import.meta.url).href); const { base: b4 } = await import(`${__dirname}/base.ts`); [b2, b3, b4]"], '[ 2, 2, 2 ]'),
], FILES);

describe.each(NODES)('modules on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node, FILES)));
  afterAll(() => kernel.stop());

  it('name file and line of what they throw', async () => {
    const { reply } = await kernel.run("import { fails } from './fails';\nfails()");
    const trace = reply.status === 'error' ? reply.traceback.join('\n') : '';
    expect(trace).toMatch(/RangeError: from a file\n {4}at fails \(.*fails\.ts, line 4, column 9\)/);
    expect(trace).toMatch(/Cell \d+, line 2, column 1/);
    expect(trace).not.toMatch(/node:internal|dist.kernel/);
  });

  it('that throw while they load name their own line and the import, and load anew', async () => {
    const { reply } = await kernel.run("const ready = 1;\nimport { never } from './throws'");
    const trace = reply.status === 'error' ? reply.traceback.join('\n') : '';
    expect(trace).toMatch(/Error: while it loads\n {4}at .*throws\.ts, line 3, column 7/);
    expect(trace).toMatch(/Cell \d+, line 2/);
    kernel.write('throws.ts', 'export const never = 5;');
    expect(await kernel.value("import { never } from './throws'; never")).toBe('5');
  });

  it('run once, however many import them', async () => {
    kernel.write('counted.ts', 'globalThis.loads = (globalThis.loads ?? 0) + 1; export const x = {};');
    kernel.write('uses.ts', "export { x } from './counted';");
    expect(await kernel.value("import { x } from './counted'; import { x as y } from './uses'; const z = (await import('./counted.ts')).x; [x === y, y === z, globalThis.loads]")).toBe('[ true, true, 1 ]');
    expect(await kernel.value("await Promise.all([import('./counted'), import('./uses')]); globalThis.loads")).toBe('1');
  });

  it('wait for a module that takes its time, also when two ask at once', async () => {
    kernel.write('slow.ts', 'await new Promise((done) => setTimeout(done, 80)); export const slow = "done";');
    kernel.write('one.ts', "import { slow } from './slow'; export const one = slow;");
    kernel.write('two.ts', "import { slow } from './slow'; export const two = slow;");
    expect(await kernel.value("const both2 = await Promise.all([import('./one'), import('./two')]); [both2[0].one, both2[1].two]")).toBe("[ 'done', 'done' ]");
  });

  it('see assignments to what they import', async () => {
    kernel.write('live.ts', 'export let count = 0; export const up = () => ++count;');
    expect(await kernel.value("import { count, up } from './live'; up(); up(); count")).toBe('2');
    expect(await kernel.value('up(); count')).toBe('3');
    await kernel.run('up()');
    const { content } = await kernel.process.request<{ variables: { name: string; preview: string }[] }>('shell', 'patchbay_variables_request', {}, 5_000);
    expect(content.variables.find(({ name }) => name === 'count')?.preview).toBe('4');
  });

  it('find packages and files from their own folder', async () => {
    kernel.write('sub/inner.ts', "import { local } from 'local-package'; export const found = [local, __dirname.split(/[\\\\/]/).pop(), import.meta.dirname.split(/[\\\\/]/).pop(), typeof require('node:fs')];");
    kernel.write('sub/node_modules/local-package/package.json', '{"name":"local-package","type":"module","exports":"./i.js"}');
    kernel.write('sub/node_modules/local-package/i.js', 'export const local = "package of sub";');
    expect(await kernel.value("import { found } from './sub/inner'; found")).toBe("[ 'package of sub', 'sub', 'sub', 'object' ]");
  });

  it('of WebAssembly give their exports', async () => {
    // (module (import "./wasm-base.ts" "three" (func (result i32))) (func (export "six") (result i32) call 0 call 0 i32.add))
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 2, 24, 1, 14, ...Buffer.from('./wasm-base.ts'), 5, ...Buffer.from('three'), 0, 0, 3, 2, 1, 0, 7, 7, 1, 3, ...Buffer.from('six'), 0, 1, 10, 9, 1, 7, 0, 16, 0, 16, 0, 106, 11];
    kernel.write('wasm-base.ts', 'export const three = () => 3;');
    await kernel.run(`require('node:fs').writeFileSync('six.wasm', Uint8Array.from(${JSON.stringify(bytes)}))`);
    expect(await kernel.value("import { six } from './six.wasm'; six()")).toBe('6');
  });
});

describe.each(NODES)('a changed file on $label', ({ path: node }) => {
  let kernel: TestKernel;
  let time = 1_700_000_000;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());
  const write = (name: string, text: string): void => kernel.write(name, text, ++time);

  it('.ts is taken when its import runs again, and its state lives on when it did not change', async () => {
    write('changing.ts', 'export const version = 1; export const state = { n: 0 };');
    expect(await kernel.value("import { version, state } from './changing'; state.n++; version")).toBe('1');
    expect(await kernel.value("import { version, state } from './changing'; [version, state.n]")).toBe('[ 1, 1 ]');
    write('changing.ts', 'export const version = 2; export const state = { n: 0 };');
    expect(await kernel.value("import { version, state } from './changing'; [version, state.n]")).toBe('[ 2, 0 ]');
    expect(await kernel.value("(await import('./changing.ts')).version")).toBe('2');
  });

  it('that another module imports makes that one new, and no third one', async () => {
    write('leaf.ts', "export const leaf = 'old';");
    write('branch.ts', "import { leaf } from './leaf'; export const branch = `branch ${leaf}`;");
    write('other.ts', 'export const other = {};');
    write('top.ts', "import { branch } from './branch'; import { other } from './other'; export { branch, other };");
    expect(await kernel.value("import { branch, other } from './top'; const firstOther = other; branch")).toBe("'branch old'");
    write('leaf.ts', "export const leaf = 'new';");
    expect(await kernel.value("import { branch, other } from './top'; [branch, other === firstOther]")).toBe("[ 'branch new', true ]");
  });

  it('in a circle makes the circle new', async () => {
    write('round-a.ts', "import { b } from './round-b'; export const a = 1; export const sum = () => a + b();");
    write('round-b.ts', "import { a } from './round-a'; export const b = () => a * 10;");
    expect(await kernel.value("import { sum } from './round-a'; sum()")).toBe('11');
    write('round-a.ts', "import { b } from './round-b'; export const a = 2; export const sum = () => a + b();");
    expect(await kernel.value("import { sum } from './round-a'; sum()")).toBe('22');
    write('round-b.ts', "import { a } from './round-a'; export const b = () => a * 100;");
    expect(await kernel.value("import { sum } from './round-a'; sum()")).toBe('202');
  });

  it('.js, .cjs and .json are taken too, also by require and by a .ts file', async () => {
    write('e.js', 'export const e = 1;');
    write('c-leaf.cjs', 'module.exports = 1;');
    write('c.cjs', "exports.c = require('./c-leaf.cjs');");
    write('j.json', '{"j": 1}');
    write('all.ts', "import { e } from './e.js'; import { c } from './c.cjs'; import { j } from './j.json'; export const all = [e, c, j];");
    expect(await kernel.value("import { all } from './all'; all")).toBe('[ 1, 1, 1 ]');
    expect(await kernel.value("[require('./c.cjs').c, require('./j.json').j]")).toBe('[ 1, 1 ]');
    write('e.js', 'export const e = 2;');
    write('c-leaf.cjs', 'module.exports = 2;');
    write('j.json', '{"j": 2}');
    expect(await kernel.value("import { all } from './all'; all")).toBe('[ 2, 2, 2 ]');
    expect(await kernel.value("[require('./c.cjs').c, require('./j.json').j]")).toBe('[ 2, 2 ]');
  });
});
