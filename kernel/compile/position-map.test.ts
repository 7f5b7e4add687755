import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiled } from '../../test/support/compiled.js';
import { TestSession } from '../../test/support/session.js';
import { lineStarts, originalOffset, originalPosition, positionAt } from './position-map.js';

describe('lines and offsets', () => {
  it.each([
    ['', [0]],
    ['a', [0]],
    ['a\nb', [0, 2]],
    ['a\r\nb\rc\n', [0, 3, 5, 7]],
    ['a\u2028b\u2029c', [0, 2, 4]],
  ])('%j', (text, starts) => {
    expect(lineStarts(text)).toEqual(starts);
  });

  it('finds line and column of every offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u2028') }), (text) => {
        const starts = lineStarts(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const { line, column } = positionAt(starts, offset);
          expect((starts[line - 1] ?? NaN) + column - 1).toBe(offset);
          expect(starts[line] ?? Infinity).toBeGreaterThan(offset);
        }
      }),
    );
  });

  it('maps copied text one to one and inserted text to its place', () => {
    const segments = [0, 0, 0, 5, 0, 3, 8, 7, 0, 12, 7, 2];
    expect([0, 4, 5, 6, 7, 8, 11, 12, 13, 99].map((offset) => originalOffset(segments, offset))).toEqual([0, 0, 0, 1, 2, 7, 7, 7, 8, 8]);
    expect(originalOffset([], 3)).toBe(0);
  });

  it('takes positions outside of the text', () => {
    const { map } = compiled('a\nb');
    expect(originalPosition(map, 99, 1)).toEqual({ line: 2, column: 2 });
    expect(originalPosition(map, 0, 0)).toEqual({ line: 1, column: 1 });
  });
});

/** Where V8 says that the cell threw, in the cell's own lines and columns. */
async function thrownAt(session: TestSession, source: string): Promise<{ line: number; column: number } | undefined> {
  const cell = session.compile(source);
  const error: unknown = await session.run(source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const place = /cell\d+:(\d+):(\d+)/.exec(String((error as Error | undefined)?.stack));
  return place === null ? undefined : originalPosition(cell.map, Number(place[1]), Number(place[2]));
}

/** The mark `#` in the source is where `new Error` begins. */
const CASES = [
  'throw #new Error("1")',
  'const a: number = 1\nconst b = (x: number): never => { throw #new Error("2") }, c = b(a)',
  'function f<T>(\n  a: T,\n): void {\n\n  throw #new Error("3")\n}\n\nf(1)',
  '1\nf()\nfunction g() { }\nfunction f() {\n  throw #new Error("4")\n}',
  'interface A {\n  x: 1\n}\nconst {\n  a = (() => { throw #new Error("5") })(),\n} = {}',
  'import fs, {\n  type Stats,\n} from "node:fs"\nawait 1\nthrow #new Error("6")',
  'class A {\n  x: number = 1\n  m() {\n    throw #new Error("7")\n  }\n}\nnew A().m()',
  'enum E {\n  A,\n  B,\n}\nconst x: E = E.A\nthrow #new Error("8")',
  'enum E { A }\nfunction f(a: E): void {\n  if (a === E.A) {\n    throw #new Error("9")\n  }\n}\n\n\nf(E.A)',
  'function dec(_: unknown, __: unknown) {}\n\n@dec\nclass D {\n  @dec\n  method(a: string) {\n    throw #new Error("10")\n  }\n}\nnew D().method("x")',
  'let s = `\n${1}\n`; throw #new Error("11")',
  'for (var i = 0; i < 2; i++) {\n  if (i === 1)\n    throw #new Error("12")\n}',
  'const performance = () => { throw #new Error("13") }; performance()',
  '#!/usr/bin/env node\r\nlet a\r\nthrow #new Error("14")'.replace('#!', '\u0000!'),
  'export default function f() {\n  return (0 as number, (() => { throw #new Error("15") })())\n}\nf()',
  'const a = 1;\n\n\n[a].map((x): never => {\n  throw #new Error("16")\n})',
  'await Promise.all([1].map(async (x: number) => {\n  await x\n  throw #new Error("17")\n}))',
];

describe('positions of a running cell', () => {
  it.each(CASES)('%j', async (marked) => {
    const session = new TestSession();
    const offset = marked.indexOf('#');
    const source = marked.replace('#', '').replace('\u0000', '#');
    expect(await thrownAt(session, source)).toEqual(positionAt(lineStarts(source), offset));
    session.close();
  });

  it.each([
    ['import "bad"', 1],
    ['1\n\nimport "node:fs"\nimport { a } from "bad"', 4],
    ['enum E { A }\n\nimport "bad"', 3],
  ])('of an import that fails: %j', async (source, line) => {
    const session = new TestSession();
    Object.defineProperty(session.modules, 'bad', { get: () => { throw new Error('bad module'); } }); // prettier-ignore
    expect(await thrownAt(session, source)).toEqual({ line, column: 1 });
    session.close();
  });

  const statements = fc.array(
    fc.constantFrom('const NAME: number = 1', 'let NAME', 'function NAME<T>(a: T): T {\n  return a\n}', 'class NAME<T> {\n  x?: T\n}', 'interface NAME {\n  a: 1\n}', 'const { a: NAME = 2 } = {} as any', '// comment', '', 'for (var NAME of [1]) {\n}', 'void (1 as number)', 'enum NAME { A }', 'export const NAME = `\n`', 'type NAME =\n  | 1', 'import "node:path"'),
    { maxLength: 8 },
  );
  it('of whatever stands before and after', async () => {
    await fc.assert(
      fc.asyncProperty(statements, statements, async (before, after) => {
        const session = new TestSession();
        const named = [...before, '@', ...after].map((text, index) => text.replaceAll('NAME', `name${index}`)).join('\n');
        const source = named.replace('@', '  throw new Error("here")');
        expect(await thrownAt(session, source)).toEqual({ line: named.slice(0, named.indexOf('@')).split('\n').length, column: 9 });
        session.close();
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
