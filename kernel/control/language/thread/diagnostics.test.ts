import { afterAll, describe, expect, it } from 'vitest';
import { CellsEditor } from '../../../../test/support/cells-editor.js';

const editor = new CellsEditor({ 'helper.ts': 'export const count: number = 1;\n/** @deprecated Use count. */\nexport const old = 1;\n', 'tsconfig.json': '{ "compilerOptions": { "noUnusedParameters": true } }' });
afterAll(() => editor.dispose());

/** `severity line:character-line:character code tag` */
const diagnosed = (cell: string): string[] =>
  editor.ask('diagnostics', { cell }).map(({ severity, range: { start, end }, code, tag }) => `${severity} ${start.line + 1}:${start.character}-${end.line + 1}:${end.character} ${code}${tag === undefined ? '' : ` ${tag}`}`);

describe('diagnostics', () => {
  it.each<[string, string[], string[]]>([
    ['of types, where they are', ['const a = 1;\n  const b: string = a;'], ['error 2:8-2:9 2322']],
    ['of several lines', ['const o: { a: 1 } = {\n  a: 1,\n  b: 2,\n};'], ['error 3:2-3:3 2353']],
    ['of what does not parse', ['const = 1;'], ['error 1:6-1:7 1134', 'error 1:8-1:9 1134']],
    ['at the end of the text', ['f('], ['error 1:0-1:1 2304', 'error 1:2-1:2 1005'].reverse()],
    ['of what is deprecated', ["import { old } from './helper';\nold;"], ['hint 1:9-1:12 6385 deprecated', 'hint 2:0-2:3 6385 deprecated']],
    ['of what is not used', ['function f() { const unused = 1; }'], ['hint 1:21-1:27 6133 unnecessary']],
    ['of what is never reached', ['function f() { return 1;\n  f(); }'], ['hint 2:2-2:6 7027 unnecessary']],
    ['of CRLF texts', ['const a = 1;\r\nconst b: string = a;\r\n'], ['error 2:6-2:7 2322']],
    ['of names beyond the ASCII letters', ['/* 😀 */ const 数: string = 1;'], ['error 1:15-1:16 2322']],
    ['of a cell that is not checked: its syntax only', ['// @ts-nocheck\nconst a: string = 1; const = 2'], ['error 2:27-2:28 1134', 'error 2:29-2:30 1134']],
    ['of a cell that only says so in a string', ['const text = "@ts-nocheck";\nconst a: string = 1'], ['error 2:6-2:7 2322']],
    ['of nothing', [''], []],
  ])('%s', (_, cells, expected) => {
    editor.open(...cells);
    expect(diagnosed('a')).toEqual(expected);
  });

  it('of one cell are not those of another, whatever is wrong there', () => {
    editor.open('const a: string = 1', 'a.length', 'a.nothing; }}}', 'a.length');
    expect(['a', 'b', 'd'].map(diagnosed)).toEqual([['error 1:6-1:7 2322'], [], []]);
    expect(diagnosed('c').length).toBeGreaterThan(1);
  });

  it('say what they are about, in the user’s own words', () => {
    editor.open('class Net { size = 1 }', 'const other: { rows: number } = new Net()', 'class Net { rows = "x" }\nconst net: { rows: number } = new Net()');
    expect(editor.errors('b').map(({ message }) => message)).toEqual(["Property 'rows' is missing in type 'Net' but required in type '{ rows: number; }'."]);
    expect(editor.errors('b')[0]?.related.map(({ location, message }) => [editor.shown(location), message])).toEqual([['b 1 rows', "'rows' is declared here."]]);
    const [mismatch] = editor.errors('c');
    expect(mismatch?.message.split('\n')).toHaveLength(3);
    expect(editor.ask('diagnostics', { cell: 'c' }).map(({ message }) => message).join()).not.toMatch(/__pb|patchbay_/);
  });

  it('point to other cells and files', () => {
    editor.open('function f(a: number, b: number) {}', 'f(1)', "import { count } from './helper';\ncount = 2");
    expect(editor.errors('b')[0]?.related.map(({ location }) => editor.shown(location))).toEqual(['a 1 b: number']);
    expect(editor.errors('c')[0]?.message).toBe("Cannot assign to 'count' because it is an import.");
  });

  it('are at most a hundred', () => {
    editor.open(Array.from({ length: 300 }, (_, line) => `const a${line}: string = ${line};`).join('\n'));
    expect(editor.ask('diagnostics', { cell: 'a' })).toHaveLength(100);
  });

  it('of implicit any are none, and those whose numbers lie among them are', () => {
    editor.open('function f(a, b) { return a + b } let x; x = 1; const o = {}; o["k"]', 'loose: for (;;) { break }\nfunction g(n: number) { switch (n) { case 1: n++; case 2: } return f(n, 1) }');
    expect([editor.errors('a'), editor.errors('b')]).toEqual([[], []]);
    expect(diagnosed('b')).toEqual(['hint 1:0-1:5 7028 unnecessary']);
  });

  it('of a cell that is gone is an error of the sender', () => {
    editor.open('1');
    expect(() => editor.ask('diagnostics', { cell: 'z' })).toThrow('there is no cell z');
  });
});

describe('an outline', () => {
  it('has what the cell declares, nested, with the places of names', () => {
    editor.open('import "./helper";\nclass Net {\n  size = 1;\n  grow() { const local = 1; }\n}\nexport const rate = 0.1, { a, b: [c] } = { a: 1, b: [2] };\nfunction f() { function inner() {} }\nenum E { One }\ninterface I { x: 1 }\nnamespace N { export const y = 1 }');
    const tree = editor.ask('symbols', { cell: 'a' });
    const flat = tree.map(({ name, kind, children }) => `${kind} ${name}${children.length === 0 ? '' : `(${children.map((child) => child.name).join()})`}`).sort();
    expect(flat).toEqual(['class Net(grow,size)', 'const a', 'const c', 'const rate', 'enum E(One)', 'function f(inner)', 'interface I(x)', 'module N(y)']);
    const net = tree.find(({ name }) => name === 'Net');
    expect(net && [editor.textOf('a', net.selectionRange), editor.textOf('a', net.range).split('\n').length]).toEqual(['Net', 4]);
  });

  it('has nothing of other cells', () => {
    editor.open('const a = 1; let b = 2', 'b = a');
    expect(editor.ask('symbols', { cell: 'b' })).toEqual([]);
  });
});
