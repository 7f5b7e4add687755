/** Conversations with the real kernel process about cells: values, output, errors, modules. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from './harness.js';

describe.each(NODES)('cells on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => {
    kernel = new TestKernel(node, {
      'helper.ts': "import { sep } from 'node:path';\nimport { twice } from './deep/twice';\nexport const four: number = twice(2);\nexport enum Colour { Red = 3 }\nexport default class Thing<T> { constructor(readonly value: T) {} }\nexport const separator = sep;\nexport function fails(): never {\n  throw new Error('from a file');\n}\n",
      'deep/twice.ts': 'export function twice(x: number): number { return 2 * x; }\n',
      'data.json': '{"answer": 42}',
      'node_modules/only-esm/package.json': '{"name":"only-esm","version":"1.0.0","type":"module","exports":"./index.js"}',
      'node_modules/only-esm/index.js': "export const hello = 'esm'; export default () => 'called';",
      'node_modules/cjs/package.json': '{"name":"cjs","version":"1.0.0"}',
      'node_modules/cjs/index.js': "module.exports = { greet: () => 'cjs', get lazy() { return 7 } };",
    });
  });
  afterAll(() => kernel.stop());

  it.each([
    ['1 + 1', '2'],
    ['({ a: [1, 2], b: new Map([[1, 2]]) })', '{ a: [ 1, 2 ], b: Map(1) { 1 => 2 } }'],
    ['null', 'null'],
    ['undefined', undefined],
    ['const quiet = 1;', undefined],
    ['{ 1 + 1 }', undefined],
    ["'text'", "'text'"],
    ['await Promise.resolve(5)', '5'],
    ['class Point { constructor(readonly x: number, public y = 2) {} } ; new Point(1)', 'Point { x: 1, y: 2 }'],
    ['enum Level { Low, High } ; Level.High', '1'],
    ['const shape = { kind: "circle" } satisfies { kind: string }; shape.kind', "'circle'"],
    ['const wrong: number = "not a number" as any; wrong', "'not a number'"],
    ['function named() {} ; named', '[Function: named]'],
    ['const arrow = () => 1; arrow', '[Function: arrow]'],
    ['let total = 0; for await (const x of [1, Promise.resolve(2)]) total += x; total', '3'],
  ])('%s gives %s', async (code, expected) => expect(await kernel.value(code)).toBe(expected));

  it('redeclares, and closures see the newest value', async () => {
    await kernel.run('const a = 1; let b = 10; function sum() { return a + b + step() } function step() { return 100 }');
    expect(await kernel.value('sum()')).toBe('111');
    await kernel.run('const a = 2');
    await kernel.run('b = 20; function step() { return 200 }');
    expect(await kernel.value('sum()')).toBe('222');
    const { reply } = await kernel.run('a = 3');
    expect(reply).toMatchObject({ status: 'error', ename: 'TypeError' });
    await kernel.run('class a {}');
    expect(await kernel.value('typeof a')).toBe("'function'");
  });

  it('keeps what a cell declared up to its throw, and old values of what it never reached', async () => {
    await kernel.run('const before = 1, after = 1');
    await kernel.run("const before = 2; throw new Error('stop'); const after = 2");
    expect(await kernel.value('[before, after]')).toBe('[ 2, 1 ]');
  });

  it('imports built-ins, CommonJS, ESM only, TypeScript and JSON, from the notebook folder', async () => {
    expect(await kernel.value("import { basename } from 'node:path'; import * as fs from 'fs'; [basename('/a/b'), typeof fs.readFileSync]")).toBe("[ 'b', 'function' ]");
    expect(await kernel.value("import call, { hello } from 'only-esm'; [hello, call()]")).toBe("[ 'esm', 'called' ]");
    expect(await kernel.value("import cjs, { greet } from 'cjs'; [greet(), cjs.lazy]")).toBe("[ 'cjs', 7 ]");
    expect(await kernel.value("import Thing, { four, Colour, separator } from './helper'; [new Thing(four).value, Colour.Red, separator]")).toBe(`[ 4, 3, '${path.sep}' ]`);
    expect(await kernel.value("import data from './data.json'; data.answer")).toBe('42');
    expect(await kernel.value("const late = await import('./helper.ts'); late.four")).toBe('4');
    expect(await kernel.value("(await import('only-esm')).hello")).toBe("'esm'");
    expect(await kernel.value("require('./data.json').answer")).toBe('42');
  });

  it('takes a changed .ts file when its import runs again', async () => {
    kernel.write('changing.ts', 'export const version = 1;');
    expect(await kernel.value("import { version } from './changing'; version")).toBe('1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    kernel.write('changing.ts', 'export const version = 2;');
    expect(await kernel.value("import { version } from './changing'; version")).toBe('2');
  });

  it('fails for a missing package, also an unused one, and names it', async () => {
    const { reply } = await kernel.run("import nothing from 'no-such-package'");
    expect(reply).toMatchObject({ status: 'error' });
    expect(reply.status === 'error' && reply.evalue).toMatch(/Cannot find package 'no-such-package'.*npm install no-such-package/);
    expect(reply.status === 'error' && reply.traceback.join('\n')).not.toMatch(/dist.kernel|node:internal/);
  });

  it('streams console output in order, with displays between', async () => {
    const { stdout, stderr, messages } = await kernel.run("console.log('one'); console.error('two'); console.log('three'); process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0xa9]))");
    expect(stdout).toBe('one\nthree\né');
    expect(stderr).toBe('two\n');
    const names = messages.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => content['name']);
    expect(names.filter((name, i) => name !== names[i - 1])).toEqual(['stdout', 'stderr', 'stdout']);
  });

  it('sends 10,000 lines in order, all before idle', async () => {
    const { stdout, types } = await kernel.run('for (let i = 0; i < 10_000; i++) console.log(i)');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(10_000);
    expect(lines.every((line, i) => line === String(i))).toBe(true);
    expect(types.at(-1)).toBe('status');
  });

  it('shows late output below the cell that caused it, also while another cell runs', async () => {
    const first = await kernel.run("setTimeout(() => console.log('late'), 60); (async () => { await new Promise((done) => setTimeout(done, 80)); console.log('later') })(); 0");
    const firstId = first.messages[0]!.parent_header as { msg_id: string };
    const second = await kernel.run("await new Promise((done) => setTimeout(done, 150)); console.log('mine')");
    expect(second.stdout).toBe('mine\n');
    const again = kernel.collect(firstId.msg_id, first.reply);
    expect(again.stdout).toBe('late\nlater\n');
  });

  it('reports errors of timers and unhandled rejections, and lives on', async () => {
    const run = await kernel.run("setTimeout(() => { throw new Error('in a timer') }, 5); Promise.reject(new Error('nobody cares')); await new Promise((done) => setTimeout(done, 40))");
    expect(run.stderr).toMatch(/Uncaught error: Error: in a timer/);
    expect(run.stderr).toMatch(/Unhandled rejection: Error: nobody cares/);
    expect(await kernel.value('2 + 2')).toBe('4');
  });

  it('disposes `using` when the cell ends', async () => {
    const { stdout } = await kernel.run("using door = { [Symbol.dispose]() { console.log('closed') } }; console.log('open')");
    expect(stdout).toBe('open\nclosed\n');
  });

  it('runs decorators', async () => {
    expect(await kernel.value('function twice<T extends (...a: any[]) => number>(f: T, _: ClassMethodDecoratorContext) { return function (this: unknown, ...a: any[]) { return 2 * f.apply(this, a) } as T } class Calc { @twice seven() { return 7 } } new Calc().seven()')).toBe('14');
  });

  it('looks at a 5 MB value and a 5 MB stream without harm', async () => {
    const value = await kernel.value("'x'.repeat(5_000_000)");
    expect(value!.length).toBeLessThan(20_000);
    expect(value).toMatch(/4990000 more characters/);
    const { stdout } = await kernel.run("console.log('y'.repeat(5_000_000))");
    expect(stdout.length).toBe(5_000_001);
  });

  it('lists variables without running getters', async () => {
    await kernel.run("globalThis.touched = 0; const tricky = { get boom() { touched++; return 1 } }; const list = [1, 2, 3]");
    const { content } = await kernel.process.request<{ variables: { name: string; type: string; preview: string }[] }>('shell', 'patchbay_variables_request', {}, 5_000);
    expect(content.variables.find(({ name }) => name === 'list')).toEqual({ name: 'list', type: 'Array', preview: '[ 1, 2, 3 ]', shape: [3], isMask: false });
    expect(content.variables.find(({ name }) => name === 'tricky')?.type).toBe('Object');
    expect(await kernel.value('touched')).toBe('0');
  });

  it('evaluates user expressions', async () => {
    const { reply } = await kernel.run('const six = 6', { user_expressions: { good: 'six * 7', bad: 'nope', wrong: 'six * (' } });
    expect(reply.status === 'ok' && reply.user_expressions['good']).toEqual({ status: 'ok', data: { 'text/plain': '42' }, metadata: {} });
    expect(reply.status === 'ok' && reply.user_expressions['bad']).toMatchObject({ status: 'error', ename: 'ReferenceError' });
    expect(reply.status === 'ok' && reply.user_expressions['wrong']).toMatchObject({ status: 'error', ename: 'SyntaxError' });
  });

  it('does not let a cell take globals away from libraries', async () => {
    await kernel.run('const performance = 3; const process = "mine"; const window = 10');
    expect(await kernel.value('[performance, process, window, typeof globalThis.performance.now, typeof globalThis.window]')).toBe("[ 3, 'mine', 10, 'function', 'undefined' ]");
  });

  it('leaves nothing in the folder of the notebook', () => expect(fs.readdirSync(kernel.folder).sort()).toEqual(['changing.ts', 'data.json', 'deep', 'helper.ts', 'node_modules']));
});
