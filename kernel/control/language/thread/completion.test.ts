import { afterAll, describe, expect, it } from 'vitest';
import type { CompletionItem } from '../../../protocol/language.js';
import { CellsEditor } from '../../../../test/support/cells-editor.js';

const editor = new CellsEditor({
  'helper.ts': '/** Twice as much. */\nexport function twice(x: number): number { return 2 * x; }\n',
  'other/deep.ts': 'export const deep = 1;\n',
});
afterAll(() => editor.dispose());

/** Opens cells, and completes at the last `|`. */
function completed(cells: readonly string[], options: { readonly trigger?: string; readonly autoImports?: boolean } = {}) {
  const index = cells.findLastIndex((text) => text.includes('|'));
  const cell = String.fromCharCode(97 + index);
  editor.open(...cells.map((text, at) => (at === index ? text.replace('|', '') : text)));
  const position = editor.at(cell, cells[index] ?? '');
  const list = editor.ask('completion', { position, ...options });
  const items = list?.items ?? [];
  return {
    list,
    labels: items.map(({ label }) => label),
    item: (label: string): CompletionItem => items.find((one) => one.label === label) ?? expect.fail(`no ${label} in ${items.length} items`),
    details: (item: CompletionItem) => editor.ask('completion/resolve', { position, item }),
    replaced: () => editor.textOf(cell, list?.range ?? expect.fail('no list')),
  };
}

describe('members', () => {
  it.each<[string, string[], string[]]>([
    ['of a class of another cell', ['class A { b = 1; private c = 2; static d = 3 }', 'new A().|'], ['b']],
    ['of its statics', ['class A { static d() {} }', 'A.d|'], ['d', 'prototype', 'name', 'length']],
    ['of an object while its line is not finished', ['const o = { one: 1, two: 2 }', 'const x = o.|\nconst y = 1'], ['one', 'two']],
    ['of what is narrowed', ['let m: { a: 1 } | null = null', 'm = { a: 1 }', 'm.|'], ['a']],
    ['of a namespace', ['namespace N { export const x = 1; const hidden = 2 }', 'N.|'], ['x']],
    ['of an enum', ['enum E { One, Two }', 'E.|'], ['One', 'Two']],
    ['of a promise’s value', ['const p = Promise.resolve({ inside: 1 })', '(await p).|'], ['inside']],
    ['in an object literal', ['interface O { size: number; name?: string }', 'const o: O = { | }'], ['name', 'size']],
    ['in a destructuring', ['const o = { one: 1, two: 2 }', 'const { one, | } = o'], ['two']],
    ['in an import', ["import { | } from './helper'"], ['twice', 'type']],
  ])('%s', (_, cells, expected) => {
    const { labels } = completed(cells);
    for (const label of expected) expect(labels).toContain(label);
    if (!cells.some((text) => text.includes('A.d'))) expect([...labels].sort()).toEqual([...expected].sort());
  });

  it('may be null: the dot goes with it', () => {
    const { item } = completed(['const m = "a".match(/a/)', 'm.|']);
    expect(item('index')).toMatchObject({ insertText: '?.index', range: { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } } });
  });

  it('say what is deprecated, also what is known to be without its comment', () => {
    const { item } = completed(["import fs from 'node:fs'", 'fs.|']);
    expect(item('exists').isDeprecated).toBe(true);
    expect(item('existsSync').isDeprecated).toBeUndefined();
    expect(item('exists')).toMatchObject({ kind: 'function' });
  });

  it('have their documentation when it is asked for', () => {
    const { item, details } = completed(["import fs from 'node:fs'", 'fs.|']);
    expect(details(item('existsSync'))).toEqual({ signature: expect.stringMatching(/^function existsSync\(path: fs\.PathLike\): boolean/) as string, documentation: expect.stringMatching(/^Returns `true` if the path exists, `false` otherwise\./) as string, edits: [] });
    expect(details({ label: 'nothing', kind: 'function', sortText: '' })).toBeNull();
  });
});

describe('names', () => {
  it('of the cells before are offered once, with the kind that they have there', () => {
    const { labels, item } = completed(['const one = 1; let two = 2', "import { twice as times } from './helper'; class Three {} function four() {} type Five = 1", 'one; |', 'const later = 1']);
    for (const name of ['one', 'two', 'times', 'Three', 'four', 'Five']) expect(labels.filter((label) => label === name)).toEqual([name]);
    expect(['one', 'two', 'times', 'Three', 'four', 'Five'].map((name) => item(name).kind)).toEqual(['const', 'let', 'alias', 'class', 'function', 'type']);
    expect(labels).not.toContain('later');
    expect(labels.filter((label) => label.startsWith('__pb') || label.includes('patchbay_'))).toEqual([]);
  });

  it('are the newest ones', () => {
    const { item, details } = completed(['/** Old. */ const a = 1', '/** New. */ const a = "x"', '|']);
    expect(details(item('a'))).toEqual({ signature: 'const a: "x"', documentation: 'New.', edits: [] });
  });

  it('replace the word before the cursor, whatever its letters', () => {
    expect(completed(['const größe = 1', 'x = grö|']).replaced()).toBe('grö');
    expect(completed(['const 𝒳value = 1', '𝒳va|']).replaced()).toBe('𝒳va');
    expect(completed(['const a = { b: 1 }', 'a.|']).replaced()).toBe('');
  });

  it('are none in comments and strings', () => {
    expect(completed(['const one = 1', '// on|']).list).toBeNull();
    expect(completed(['const one = 1', '"on|"']).labels).not.toContain('one');
  });
});

describe('modules', () => {
  it('are completed in a specifier', () => {
    expect(completed(["import x from './|'"]).labels).toEqual(expect.arrayContaining(['helper', 'other']));
    expect(completed(["import x from './|'"]).labels.filter((label) => label.includes('__patchbay'))).toEqual([]);
    expect(completed(["import x from 'node:f|'"]).labels).toEqual(expect.arrayContaining(['node:fs', 'node:fs/promises']));
  });

  it('bring the import that a name needs, and only when that is asked for', () => {
    const quiet = completed(["import './helper'", 'twic|']);
    expect(quiet.labels).not.toContain('twice');
    const { item, details } = completed(["import './helper'", '// first\ntwic|'], { autoImports: true });
    const twice = item('twice');
    expect(twice.source).toBe('./helper');
    const resolved = details(twice);
    expect(resolved).toMatchObject({ signature: expect.stringContaining('function twice(x: number): number') as string, documentation: 'Twice as much.' });
    editor.apply(resolved?.edits ?? []);
    expect(editor.text('b')).toMatch(/^import \{ twice \} from ['"]\.\/helper['"];\n\/\/ first\ntwic$/);
  });

  it('add to an import that is there', () => {
    const { item, details } = completed(["import { basename } from 'node:path';\ndirnam|"], { autoImports: true });
    const own = details(item('dirname'));
    editor.apply(own?.edits ?? []);
    expect(editor.text('a').split('\n')[0]).toBe("import { basename, dirname } from 'node:path';");
  });
});

it('a trigger completes only where it stands for something', () => {
  expect(completed(['const o = { a: 1 }', 'o.|'], { trigger: '.' }).labels).toEqual(['a']);
  expect(completed(['1.|'], { trigger: '.' }).list).toBeNull();
  expect(completed(['const o = { a: 1 }', 'o["|"]'], { trigger: '"' }).labels).toEqual(['a']);
});
