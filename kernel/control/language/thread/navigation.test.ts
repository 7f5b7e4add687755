import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CellsEditor } from '../../../../test/support/cells-editor.js';
import { distinct } from './navigation.js';

const editor = new CellsEditor({
  'helper.ts': "import { base } from './base';\nexport function twice(x: number): number { return base * x; }\nexport default class Tool { use(): void {} }\n",
  'base.ts': 'export const base = 2;\n',
  'data.json': '{ "answer": 42 }',
  'node_modules/pack/package.json': '{"name":"pack","types":"index.d.ts"}',
  'node_modules/pack/index.d.ts': '\nexport declare const packed: number;\n',
});
afterAll(() => editor.dispose());

/** Definitions as `cell line text` or `file line`. */
const definitions = (cell: string, marked: string): string[] | undefined => editor.ask('definition', { position: editor.at(cell, marked) })?.targets.map((target) => editor.shown(target));
const references = (cell: string, marked: string): string[] => editor.ask('references', { position: editor.at(cell, marked) }).map((place) => editor.shown(place)).sort();

describe('a definition', () => {
  beforeEach(() =>
    editor.open(
      "import Tool, { twice as t } from './helper';\nimport { packed } from 'pack';\nimport data from './data.json';\nlet total = 0;",
      'interface Row { size: number }\nconst rows: Row[] = [];\nfunction grow(by: number): void { total += by; rows.push({ size: by }); }',
      'total = t(packed) + data.answer;\nnew Tool().use();\ngrow(rows[0].size); Math.max(1);\nfor (const row of rows) { row.size }',
    ),
  );

  it.each([
    ['c', '|total', ['a 4 total']],
    ['b', '|total +=', ['a 4 total']],
    ['c', 'gr|ow', ['b 3 grow']],
    ['c', 'ro|ws[0]', ['b 2 rows']],
    ['c', 'rows[0].si|ze', ['b 1 size']],
    ['c', '{ row.si|ze', ['b 1 size']],
    ['b', 'rows: |Row', ['b 1 Row']],
    ['c', '= |t(', ['helper.ts 2']],
    ['a', 'tw|ice', ['helper.ts 2']],
    ['c', 'pa|cked', ['index.d.ts 2']],
    ['c', 'new To|ol', ['helper.ts 3']],
    ['c', '.u|se', ['helper.ts 3']],
    ['a', "'./hel|per'", ['helper.ts 1']],
    ['c', '{ r|ow.size', ['c 4 row']],
    ['b', 'size: b|y', ['b 3 by']],
  ])('of %s %s', (cell, marked, expected) => expect(definitions(cell, marked)).toEqual(expected));

  it('is in the bundled declarations, whose text can be had', () => {
    const [target] = editor.ask('definition', { position: editor.at('c', 'Math.m|ax') })?.targets ?? [];
    expect(target).toMatchObject({ file: '/patchbay-types/typescript/lib/lib.es5.d.ts', isBundled: true });
    const text = target !== undefined && 'file' in target ? editor.ask('file/bundled', { file: target.file })?.text : undefined;
    expect(text?.split('\n')[target?.range.start.line ?? 0]).toContain('max(...values: number[]): number;');
    expect(editor.ask('file/bundled', { file: `${editor.inner.folder}/helper.ts` })).toBeNull();
  });

  it('says which name was asked about, and nothing where there is none', () => {
    expect(editor.ask('definition', { position: editor.at('c', 'gr|ow') })?.origin).toEqual({ start: { line: 2, character: 0 }, end: { line: 2, character: 4 } });
    expect(definitions('c', 'gr|ow(rows[0].size); Math')).toEqual(['b 3 grow']);
    expect(definitions('a', 'total =| 0')).toBeUndefined();
  });

  it('is of the newest declaration before the cell', () => {
    editor.open('const a = 1', 'a', 'const a = "x"', 'a.length', 'later', 'const later = 1');
    expect(definitions('b', '|a')).toEqual(['a 1 a']);
    expect(definitions('d', '|a.')).toEqual(['c 1 a']);
    expect(definitions('e', '|later')).toEqual(['f 1 later']);
  });
});

describe('references', () => {
  it.each<[string, string[], string, string, string[]]>([
    ['of a const', ['const a = 1', 'a + a', 'function f(a: number) { return a }'], 'b', '|a +', ['a 1 a', 'b 1 a', 'b 1 a']],
    ['of a let with its assignments', ['let a = 1', 'a = 2', 'a++; a'], 'c', 'a|++', ['a 1 a', 'b 1 a', 'c 1 a', 'c 1 a']],
    ['of one of two declarations', ['const a = 1', 'a', 'const a = 2', 'a'], 'd', '|a', ['c 1 a', 'd 1 a']],
    ['of a function from a file, in the file too', ["import { twice } from './helper'", 'twice(1)'], 'b', 'tw|ice', ['a 1 twice', 'b 1 twice', 'helper.ts 2']],
    ['of a member of a class', ['class A { size = 1; grow() { this.size++ } }', 'new A().size'], 'a', '|size =', ['a 1 size', 'a 1 size', 'b 1 size']],
    ['of a type', ['interface I { a: 1 }', 'const x: I = { a: 1 }; const y = { a: 1 } as I'], 'a', '|I {', ['a 1 I', 'b 1 I', 'b 1 I']],
    ['of a local name', ['function f(x: number) { return x + x }', 'const x = 1'], 'a', 'return |x', ['a 1 x', 'a 1 x', 'a 1 x']],
    ['of nothing', ['1 + 1'], 'a', '1 |+', []],
  ])('%s', (_, cells, cell, marked, expected) => {
    editor.open(...cells);
    expect(references(cell, marked)).toEqual(expected);
  });

  it('follow cells that come, move and go', () => {
    editor.open('const a = 1', 'a');
    editor.ask('notebook/change', { changes: [{ type: 'insert', index: 2, cell: { id: 'z', text: 'a' } }] });
    expect(references('a', '|a')).toHaveLength(3);
    editor.ask('notebook/change', { changes: [{ type: 'move', cell: 'z', index: 0 }, { type: 'remove', cell: 'b' }] });
    expect(editor.ask('references', { position: editor.at('a', '|a') }).map((place) => ('cell' in place ? place.cell : ''))).toEqual(['z', 'a']);
  });
});

it('the same place is told once', () => {
  const place = { cell: 'a', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } };
  expect(distinct([place, { ...place }, { ...place, cell: 'b' }])).toEqual([place, { ...place, cell: 'b' }]);
});
