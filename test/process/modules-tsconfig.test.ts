/** The `tsconfig.json` of the notebook's folder, and JSX, in a kernel. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from './harness.js';

const FILES = {
  'src/util/greet.ts': "import { exclaim } from '#lib/exclaim';\nexport const greet = (name: string): string => exclaim(`hello ${name}`);\n",
  'lib/exclaim.ts': 'export const exclaim = (s: string): string => `${s}!`;\n',
  'src/bare.ts': "export const bare = 'by baseUrl';\n",
  'src/fields.ts': 'class Base { set x(v: number) { seen.push(v) } }\nexport const seen: number[] = [];\nnew (class extends Base { x = 1 } as any)();\n',
  'node_modules/mini-react/package.json': '{"name":"mini-react","version":"1.0.0","exports":{"./jsx-runtime":"./runtime.cjs"}}',
  'node_modules/mini-react/runtime.cjs': 'exports.Fragment = "fragment"; exports.jsx = exports.jsxs = (type, props) => ({ type, ...props });',
};

describe.each(NODES)('tsconfig.json on $label', ({ path: node }) => {
  let kernel: TestKernel;
  let time = 1_700_000_000;
  beforeAll(() => void (kernel = new TestKernel(node, FILES)));
  afterAll(() => kernel.stop());
  const settings = (compilerOptions: object, more: object = {}): void => kernel.write('tsconfig.json', JSON.stringify({ compilerOptions, ...more }), ++time);

  it('paths lead to files, from cells and from modules; those of packages stay', async () => {
    settings({ paths: { '@/*': ['./src/*'], '#lib/*': ['./lib/*'] } });
    expect(await kernel.value("import { greet } from '@/util/greet'; import { join } from 'node:path'; [greet('x'), (await import('#lib/exclaim')).exclaim(join('a')), import.meta.resolve('@/bare').endsWith('/src/bare.ts')]")).toBe("[ 'hello x!', 'a!', true ]");
    const { reply } = await kernel.run("import { bare } from 'bare'");
    expect(reply.status === 'error' && reply.evalue).toMatch(/Cannot find package 'bare'/);
  });

  it('baseUrl and extends, read again when they change', async () => {
    kernel.write('config/base.json', JSON.stringify({ compilerOptions: { baseUrl: '../src' } }), ++time);
    settings({}, { extends: './config/base.json' });
    expect(await kernel.value("import { bare } from 'bare'; bare")).toBe("'by baseUrl'");
    kernel.write('config/base.json', JSON.stringify({ compilerOptions: { baseUrl: '../lib' } }), ++time);
    expect(await kernel.value("import { exclaim } from 'exclaim'; exclaim('read')")).toBe("'read!'");
  });

  it('jsxImportSource, jsxFactory, and JSX without any setting', async () => {
    settings({ jsx: 'react-jsx', jsxImportSource: 'mini-react' });
    expect(await kernel.value('const named: string = "n"; <b title={named}>x</b>')).toBe("{ type: 'b', title: 'n', children: 'x' }");
    settings({ jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Frag' });
    expect(await kernel.value("const Frag = 'frag'; function h(type: string, props: object | null, ...children: unknown[]) { return [type, ...children] } <><i/></>")).toBe("[ 'frag', [ 'i' ] ]");
    settings({});
    const { reply } = await kernel.run('<b/>');
    expect(reply.status === 'error' && reply.evalue).toMatch(/Cannot find package 'react'/);
    await kernel.run("const React = { createElement: (type: string) => `made ${type}` }");
    expect(await kernel.value('<b/>')).toBe("'made b'");
  });

  it('ts_decorators legacy by experimentalDecorators, with metadata', async () => {
    settings({ experimentalDecorators: true, emitDecoratorMetadata: true });
    expect(await kernel.value("const noted: unknown[] = []; Reflect.set(Reflect, 'metadata', (key: string, types: unknown) => () => { noted.push(key, types) }); function note(target: object, key: string, at?: any) { noted.push(key, typeof at) } class Legacy { @note field = 1; @note method(@note a: string): number { return 1 } } noted")).toMatch(/'field',\s+'undefined',[\s\S]*'design:paramtypes',\s+\[ \[Function: String\] \]/);
    settings({});
    const { reply } = await kernel.run('class Standard { method(@note a: string) {} }');
    expect(reply.status === 'error' && reply.evalue).toMatch(/unless tsconfig.json sets experimentalDecorators/);
  });

  it('useDefineForClassFields, in modules that were loaded before too', async () => {
    settings({});
    expect(await kernel.value("import { seen } from './src/fields'; seen")).toBe('[]');
    settings({ target: 'es2020' });
    expect(await kernel.value("import { seen } from './src/fields'; seen")).toBe('[ 1 ]');
  });

  it('a broken one is named once below the cell, and ignored', async () => {
    kernel.write('tsconfig.json', '{ "compilerOptions": { "jsx": react } }', ++time);
    const first = await kernel.run('1 + 1');
    expect([first.result, first.stderr]).toEqual(['2', expect.stringMatching(/tsconfig\.json, line 1: .*ignored\.\n/)]);
    expect((await kernel.run('2 + 2')).stderr).toBe('');
    settings({ jsx: 'vue', experimentalDecorators: true });
    const second = await kernel.run('function deco(t: object, k: string) {} class Still { @deco a = 1 } ; new Still().a');
    expect([second.result, second.stderr]).toEqual(['1', expect.stringMatching(/--jsx/)]);
  });
});
