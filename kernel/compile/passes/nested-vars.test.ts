import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body } from '../../../test/support/compiled.js';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

describe('var inside statements, as text', () => {
  it.each([
    ['for (var i = 0; i < 9; i++) ;', '$pb.var("i", void 0);for (i = 0; i < 9; i++) ;'],
    ['for (var i, n = 2; ;) ;', '$pb.var("i", void 0);$pb.var("n", void 0);for (i, n = 2; ;) ;'],
    ['for (var k in o) ;', '$pb.var("k", void 0);for (k in o) ;'],
    ['for (var {a} of o) ;', '$pb.var("a", void 0);for ({a} of o) ;'],
    ['if (x) { var a = 1; }', '$pb.var("a", void 0);if (x) { a = 1; }'],
    ['if (x) { var a; }', '$pb.var("a", void 0);if (x) { void 0; }'],
    ['if (x) { var a, b = 2, {c} = o; }', '$pb.var("a", void 0);$pb.var("b", void 0);$pb.var("c", void 0);if (x) { b = 2, ({c} = o); }'],
    ['if (x) var {a} = o; else y()', '$pb.var("a", void 0);if (x) void ({a} = o); else y()'],
    ['{ var a = b as T }', '$pb.var("a", void 0);{ a = b;     }'],
    ['{ var {a} = b as T }', '$pb.var("a", void 0);{ void ({a} = b);     }'],
    ['var a = 1\n{ var a = 2 }', '$pb.var("a", 1);\n{ a = 2 }'],
    ['(() => { var a = 1 })()', 'return $pb.result(((() => { var a = 1 })()));'],
  ])('%s', (source, expected) => {
    expect(body(source)).toBe(expected);
  });

  it('renames a reserved one', () => {
    expect(body('for (var performance of o) ;')).toBe('$pb.var("performance$pb", void 0);for (performance$pb of o) ;');
    expect(body('for (var {performance} of o) ;')).toBe('$pb.var("performance$pb", void 0);for ({performance: performance$pb} of o) ;');
  });
});

describe('var inside statements, as they run', () => {
  it.each([
    ['for (var i = 0; i < 3; i++) { var square = i * i }', '[i, square]', [3, 4]],
    ['for (var [p, q] = [0, 2]; p < q; p++);', '[p, q]', [2, 2]],
    ['for (var k in {a: 1, b: 2});', 'k', 'b'],
    ['for (const x of [1]) for (var {y} of [{y: x}]);', 'y', 1],
    ['try { throw 1 } catch { var c = 2 }', 'c', 2],
    ['switch (1) { case 1: var s = 7 }', 's', 7],
    ['lab: { var l = 1; break lab }', 'l', 1],
    ['while (true) { var f = function () {}; break }', 'f.name', 'f'],
    ['if (false) { var never = 1 }', 'never', undefined],
    ['for await (var w of [Promise.resolve(5)]);', 'w', 5],
    ['1\n{ var [h] = [3] }', 'h', 3],
  ])('%s', async (source, expression, expected) => {
    await session.run(source);
    expect((await session.run(expression)).value).toEqual(expected);
  });

  it('is a new variable in each cell, as every declaration', async () => {
    await session.run('var v = 5');
    await session.run('if (false) { var v = 1 }');
    expect((await session.run('v')).value).toBeUndefined();
  });
});
