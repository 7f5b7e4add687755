import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('a variable that the session keeps under another name', () => {
  it.each([
    ['performance', 'return $pb.result((performance$pb));'],
    ['performance.performance', 'return $pb.result((performance$pb.performance));'],
    ['a?.performance', 'return $pb.result((a?.performance));'],
    ['({ performance })', 'return $pb.result((({ performance: performance$pb })));'],
    ['({ performance: 1, x: performance })', 'return $pb.result((({ performance: 1, x: performance$pb })));'],
    ['({ performance = 1 } = o)', 'return $pb.result((({ performance: performance$pb = 1 } = o)));'],
    ['({ [performance]: 1, performance() {}, get performance() {} })', 'return $pb.result((({ [performance$pb]: 1, performance() {}, get performance() {} })));'],
    ['performance++', 'return $pb.result((performance$pb++));'],
    ['`${performance}`', 'return $pb.result((`${performance$pb}`));'],
    ['typeof performance', 'return $pb.result((typeof performance$pb));'],
    ['performance: for (;;) break performance', 'performance: for (;;) break performance'],
    ['for (const x of performance) {}', 'for (const x of performance$pb) {}'],
    ['for (performance of []) {}', 'for (performance$pb of []) {}'],
    ['{ let performance; performance }', '{ let performance; performance }'],
    ['{ performance; function performance() {} }', '{ performance; function performance() {} }'],
    ['(performance) => performance', 'return $pb.result(((performance) => performance));'],
    ['({ performance }) => performance', 'return $pb.result((({ performance }) => performance));'],
    ['({ x: { performance } }, y = performance) => y', 'return $pb.result((({ x: { performance } }, y = performance) => y));'],
    ['(y = performance) => y', 'return $pb.result(((y = performance$pb) => y));'],
    ['() => { if (1) { var performance } return performance }', 'return $pb.result((() => { if (1) { var performance } return performance }));'],
    ['(function performance() { performance })', 'return $pb.result(((function performance() { performance })));'],
    ['(class performance { x = performance })', 'return $pb.result(((class performance { x = performance })));'],
    ['class A { performance = performance; static performance() {} }', '$pb.class("A", class A { performance = performance$pb; static performance() {} });'],
    ['try {} catch (performance) { performance }', 'try {} catch (performance) { performance }'],
    ['let x: typeof performance = performance as performance', '$pb.let("x", performance$pb);;              '],
  ])('%s', (source, expected) => {
    expect(body(source, { mangled: new Set(['performance']) })).toBe(expected);
  });

  it('is the same variable in every cell from then on, and the real one stays', async () => {
    const real = globalThis.performance;
    await session.run('const before = () => performance');
    await session.run('const performance = { now: () => 42 }, Map = 7; class URL {}; function fetch() { return "mine" }');
    expect((await session.run('[performance.now(), Map, new URL() instanceof URL, fetch()]')).value).toEqual([42, 7, true, 'mine']);
    expect((await session.run('({ performance }).performance === performance')).value).toBe(true);
    expect((await session.run('before() === globalThis.performance')).value).toBe(true);
    expect(globalThis.performance).toBe(real);
    expect([...session.scope.mangled]).toEqual(['fetch', 'performance', 'Map', 'URL']);
    expect(session.scope.names().map(({ name }) => name)).toEqual(['before', 'fetch', 'performance', 'Map', 'URL']);
    expect(session.scope.get('Map')).toBe(7);
  });

  it('covers names that libraries ask for and names of Object.prototype', async () => {
    await session.run('const window = 1, document = 2, module = 3, exports = 4, define = 5, self = 6, toString = 7, constructor = 8');
    expect((await session.run('[window, document, module, exports, define, self, toString, constructor]')).value).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const name of ['window', 'document', 'module', 'define', 'exports', 'self']) expect(name in globalThis).toBe(false);
    expect(String(globalThis)).toBe('[object global]');
  });

  it('is not renamed for a cell that never declared it', async () => {
    await expect(session.run('throw new Error("early"); const performance = 1')).rejects.toThrow('early');
    expect((await session.run('typeof performance.now')).value).toBe('function');
  });
});

describe('import as an expression', () => {
  it.each([
    ['import("a")', 'return $pb.result(($pb.import("a")));'],
    ['const f = () => import(x, { with: { type: "json" } })', '$pb.const("f", {f: () => $pb.import(x, { with: { type: "json" } })}.f);'],
    ['import.meta.url', 'await $pb.prepareMeta();return $pb.result(($pb.meta.url));'],
    ['new URL(".", import.meta.url)', 'await $pb.prepareMeta();return $pb.result((new URL(".", $pb.meta.url)));'],
    ['a.import(1)', 'return $pb.result((a.import(1)));'],
  ])('%s', (source, expected) => {
    expect(body(source)).toBe(expected);
  });

  it('goes through the loader, also later and from a function', async () => {
    session.modules['./m'] = { x: 1 };
    await session.run('const load = (name: string) => import(name, { with: { type: "json" } })');
    expect((await session.run('(await load("./m")).x')).value).toBe(1);
    expect((await session.run('import.meta.url')).value).toBe('file:///notebook.ipynb');
    expect(session.imported).toEqual(['./m']);
  });
});
