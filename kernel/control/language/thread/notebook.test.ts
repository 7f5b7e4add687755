import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { CellText, NotebookChange } from '../../../protocol/language.js';
import { CellMirror } from '../cell-mirror.js';
import { Notebook, type Cell } from './notebook.js';
import { offsetAt, positionAt } from './positions.js';

function notebookOf(texts: readonly string[], seesLater = false): Notebook {
  const notebook = new Notebook(ts, { seesLater });
  notebook.open(texts.map((text, index) => ({ id: String(index), text })));
  return notebook;
}

/** A cell's links with owners by their place in the notebook. */
const links = (notebook: Notebook, { links: of }: Cell) => {
  const placeOf = (slot: number | undefined): number => notebook.cells.findIndex((cell) => cell.slot === slot);
  return Object.fromEntries([...of].map(([name, { owner, assignedIn }]) => [name, assignedIn === undefined ? placeOf(owner) : [placeOf(owner), placeOf(assignedIn)]]));
};

describe('what cells know of each other', () => {
  it.each<[string, string[], object[]]>([
    ['earlier names', ['const a = 1', 'a; b'], [{}, { a: 0 }]],
    ['the newest of two', ['const a = 1', 'const a = "x"', 'a'], [{}, {}, { a: 1 }]],
    ['their own before all', ['const a = 1', 'const a = 2; a'], [{}, {}]],
    ['nothing later', ['a', 'const a = 1'], [{}, {}]],
    ['words in strings too: they cost nothing', ['const a = 1', '"a"'], [{}, { a: 0 }]],
    ['who gave a let its value', ['let a = 1', 'a = 2', 'f(a)', 'const g = () => { a = 3 }', 'a'], [{}, { a: [0, 0] }, { a: [0, 1] }, { a: [0, 1] }, { a: [0, 1] }]],
    ['a let that became a const', ['let a = 1', 'const a = 2', 'a'], [{}, {}, { a: 1 }]],
    ['types and imports', ['interface A {} import * as fs from "fs"', 'let a: A = fs'], [{}, { A: 0, fs: 0 }]],
  ])('%s', (_, texts, expected) => {
    const notebook = notebookOf(texts);
    expect(notebook.cells.map((cell) => links(notebook, cell))).toEqual(expected);
  });

  it('an editor also shows cells whose names come later', () => {
    const notebook = notebookOf(['const f = () => later', 'const later = 1'], true);
    expect(links(notebook, notebook.cells[0] as Cell)).toEqual({ later: 1 });
  });

  it('is written as one line before the cell, which stays as it is', () => {
    const notebook = notebookOf(['/** doc */ const a = 1;\r\nlet b', 'b = a\n// end']);
    const [first, second] = notebook.cells;
    expect(notebook.file(first?.slot ?? -1)?.text).toBe('export{a,b};import{}from"#patchbay";\n/** doc */ const a = 1;\r\nlet b\n;export const __pb$now$b=b;\n');
    expect(notebook.file(second?.slot ?? -1)?.text).toBe('export{};import{b$0 as __pb$b,__pb$now$b$0 as __pb$now$b,a$0 as a,__pb$Now}from"#patchbay";let b:typeof __pb$b=null!as __pb$Now<typeof __pb$b,typeof __pb$now$b>;\nb = a\n// end\n;export const __pb$now$b=b;\n');
    expect(notebook.scope.text).toContain('export{a as a$0,b as b$0,__pb$now$b as __pb$now$b$0}from"#patchbay/0";\nexport{__pb$now$b as __pb$now$b$1}from"#patchbay/1";');
  });

  it('an edit changes the versions of no more files than it must', () => {
    const notebook = notebookOf(['const a = 1', 'a', 'const c = 1']);
    const versions = (): number[] => notebook.cells.map(({ slot }) => notebook.file(slot)?.version ?? -1);
    const before = { versions: versions(), scope: notebook.scope.version };
    notebook.setText('1', 'a + 1');
    expect(versions().map((version, index) => version - (before.versions[index] ?? 0))).toEqual([0, 1, 0]);
    expect(notebook.scope.version).toBe(before.scope);
    const whole = notebook.version;
    notebook.setText('1', 'a + 1');
    expect(notebook.version).toBe(whole);
  });

  it('refuses changes of cells that are not there, and keeps those before', () => {
    const notebook = notebookOf(['const a = 1']);
    const change: NotebookChange[] = [{ type: 'insert', index: 1, cell: { id: 'x', text: 'a' } }, { type: 'remove', cell: 'gone' }];
    expect(() => notebook.change(change)).toThrow('there is no cell gone');
    expect(() => notebook.change([{ type: 'insert', index: 0, cell: { id: 'x', text: '' } }])).toThrow('there is a cell x already');
    expect(notebook.cells.map(({ id }) => id)).toEqual(['0', 'x']);
    expect(links(notebook, notebook.cells[1] ?? notebook.cells[0] as Cell)).toEqual({ a: 0 });
  });
});

const source = fc.constantFrom('const a = 1;', 'let b = a;', 'b = 2;', 'a + b', 'function c() { return a }', "import { d } from 'x';", 'type E = typeof a;', '`${', '}', '/* ', '<b>x</b>', '\r\n', '😀', 'ä', '');
const cellText = fc.array(source, { maxLength: 4 }).map((parts) => parts.join('\n'));
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('edit' as const), cell: fc.nat(), at: fc.nat(60), removed: fc.nat(12), text: source }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('insert' as const), index: fc.nat(8), text: cellText }) },
  fc.record({ type: fc.constant('remove' as const), cell: fc.nat() }),
  fc.record({ type: fc.constant('move' as const), cell: fc.nat(), index: fc.nat(8) }),
);

/** Files of the cells in order, with slots numbered by that order: what must not depend on how the notebook came about. */
function texts(notebook: Notebook): string[] {
  const place = new Map(notebook.cells.map(({ slot }, index) => [String(slot), String(index)]));
  const renumber = (text: string): string => text.replaceAll(/(?<=\$)\d+\b/g, (slot) => place.get(slot) ?? `unknown ${slot}`);
  return notebook.cells.map(({ slot, prefix, source: { text }, suffix }) => {
    expect(notebook.file(slot)?.text).toBe(prefix + text + suffix);
    return renumber(prefix) + text + suffix;
  });
}

describe('random changes', () => {
  it('leave the texts of a fresh notebook, and every position maps there and back', () => {
    fc.assert(
      fc.property(fc.array(cellText, { maxLength: 4 }), fc.array(step, { maxLength: 12 }), fc.boolean(), (start, steps, seesLater) => {
        const notebook = notebookOf(start, seesLater);
        const mirror = new CellMirror();
        mirror.open(start.map((text, index) => ({ id: String(index), text })));
        let model: CellText[] = start.map((text, index) => ({ id: String(index), text }));
        steps.forEach((one, count) => {
          const cell = 'cell' in one ? model[one.cell % Math.max(1, model.length)] : undefined;
          if (one.type !== 'insert' && cell === undefined) return;
          const change = toChange(one, cell, notebook, `n${count}`, model.length);
          notebook.change([change]);
          mirror.change([change]);
          model = applied(model, change, cell, one);
        });
        const fresh = new Notebook(ts, { seesLater });
        fresh.open(model);
        expect(notebook.cells.map(({ id, source: { text } }) => ({ id, text }))).toEqual(model);
        expect(mirror.cells).toEqual(model);
        expect(texts(notebook)).toEqual(texts(fresh));
        for (const { source: { text, starts } } of notebook.cells) {
          for (let offset = 0; offset <= text.length; offset++) {
            if (offset === 0 || !text.startsWith('\r\n', offset - 1)) expect(offsetAt(text, starts, positionAt(starts, offset))).toBe(offset);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function toChange(one: Step, cell: CellText | undefined, notebook: Notebook, id: string, count: number): NotebookChange {
  if (one.type === 'insert') return { type: 'insert', index: Math.min(one.index, count), cell: { id, text: one.text } };
  const target = cell?.id ?? '';
  if (one.type === 'remove') return { type: 'remove', cell: target };
  if (one.type === 'move') return { type: 'move', cell: target, index: Math.min(one.index, count - 1) };
  const starts = notebook.cell(target)?.source.starts ?? [0];
  return { type: 'edit', cell: target, edits: [{ range: { start: positionAt(starts, cut(cell, one).start), end: positionAt(starts, cut(cell, one).end) }, text: one.text }] };
}

/** The part of the text that an edit replaces, never one half of \r\n. */
function cut(cell: CellText | undefined, { at, removed }: { at: number; removed: number }): { start: number; end: number } {
  const text = cell?.text ?? '';
  const outside = (offset: number): number => (offset > 0 && text.startsWith('\r\n', offset - 1) ? offset - 1 : offset);
  const start = outside(Math.min(at, text.length));
  return { start, end: Math.max(start, outside(Math.min(start + removed, text.length))) };
}

function applied(model: readonly CellText[], change: NotebookChange, cell: CellText | undefined, one: Step): CellText[] {
  const next = [...model];
  if (change.type === 'insert') next.splice(change.index, 0, change.cell);
  if (cell === undefined || change.type === 'insert') return next;
  const index = next.findIndex(({ id }) => id === cell.id);
  if (change.type === 'remove') next.splice(index, 1);
  if (change.type === 'move') next.splice(change.index, 0, ...next.splice(index, 1));
  if (one.type === 'edit') {
    const { start, end } = cut(cell, one);
    next[index] = { id: cell.id, text: cell.text.slice(0, start) + one.text + cell.text.slice(end) };
  }
  return next;
}
