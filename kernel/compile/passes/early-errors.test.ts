import { describe, expect, it } from 'vitest';
import { compiled, problem } from '../../../test/support/compiled.js';
import { CellError, TestSession } from '../../../test/support/session.js';

describe('what the language refuses', () => {
  it.each([
    ['const a = 1; const a = 2', "Identifier 'a' has already been declared (1:20)"],
    ['let a\nlet b, a', "Identifier 'a' has already been declared (2:8)"],
    ['let a; var a', "Identifier 'a' has already been declared (1:12)"],
    ['class a {} function a() {}', "Identifier 'a' has already been declared (1:21)"],
    ['let { a, b: [a] } = o', "Identifier 'a' has already been declared (1:14)"],
    ['import a from "m"; const a = 1', "Identifier 'a' has already been declared (1:26)"],
    ['import { a, b as a } from "m"', "Identifier 'a' has already been declared (1:1)"],
    ['let a; { var a = 1 }', "Identifier 'a' has already been declared (1:14)"],
    ['{ let a; { var a = 1 } }', "Identifier 'a' has already been declared (1:16)"],
    ['{ { var a } let a }', "Identifier 'a' has already been declared (1:9)"],
    ['enum A { X }\nconst A = 1', "Identifier 'A' has already been declared (2:7)"],
    ['return 1', 'Illegal return statement (1:1)'],
    ['if (x) {\n  return\n}', 'Illegal return statement (2:3)'],
    ['enum A { X }\nreturn', 'Illegal return statement (2:1)'],
    ['const a', 'Missing initializer in const declaration (1:8)'],
    ['let {a}', 'Missing initializer in destructuring declaration (1:8)'],
    ['using a', 'Missing initializer in using declaration (1:8)'],
    ['let static = 1', 'Unexpected strict mode reserved word (1:5)'],
    ['const eval = 1', 'Unexpected eval or arguments in strict mode (1:7)'],
    ['function arguments() {}', 'Unexpected eval or arguments in strict mode (1:10)'],
    ['let await = 1', 'Unexpected reserved word (1:5)'],
    ['function f(@dec a) {}', 'A parameter cannot have a decorator unless tsconfig.json sets experimentalDecorators (1:12)'],
    ['let x = ;', 'Expression expected. (1:9)'],
    ['foo(\n', "')' expected. (2:1)"],
    ['`abc', 'Unterminated template literal. (1:5)'],
    ['const s = "a', 'Unterminated string literal. (1:13)'],
  ])('%j', (source, expected) => {
    expect(problem(source)).toBe(expected);
  });

  it.each(['var a; var a', 'function a() {} function a() {}', 'var a; function a() {}', 'let a; { let a }', 'try {} catch (a) { var a }', 'interface A {} class A {}', 'type a = 1; const a = 1', 'enum A { X } enum A { Y = 1 }', 'enum A { X } namespace A { export const y = 1 }', 'function f(a: 1): void; function f(a: 2): void; function f() {}', 'let of = 1, async = 2, get = 3'])(
    'not %j',
    (source) => {
      expect(compiled(source).code).toBeTruthy();
    },
  );
});

describe('what V8 refuses in the compiled code', () => {
  const session = new TestSession();
  it.each([
    ['let a = 1\n  break', 'Illegal break statement', 2, 3],
    ['const t: number = 1\nfunction f(): void {\n  await 1\n}', 'await is only valid in async functions and the top level bodies of modules', 3, 3],
    ['1\nlet b = 1; { let c; let c }', "Identifier 'c' has already been declared", 2, 25],
    ['function later() {\n  ok\n}\nif (ok) {\n  continue\n}', 'Illegal continue statement: no surrounding iteration statement', 5, 3],
    ['class A { m() { super() } }', "'super' keyword unexpected here", 1, 17],
    ['enum E { A }\nwith (E) {}', 'Strict mode code may not include a with statement', 2, 1],
    ['delete x', 'Delete of an unqualified identifier in strict mode.', 1, 8],
  ])('%j', async (source, message, line, column) => {
    const error = await session.run(source).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CellError);
    const { where } = error as CellError;
    expect(where.message).toBe(message);
    expect([where.line, where.column]).toEqual([line, column]);
  });

  it('leaves an error that the cell made itself alone', async () => {
    const error = await session.run('new SyntaxError("mine")\nJSON.parse("{")').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).not.toBeInstanceOf(CellError);
  });
});
