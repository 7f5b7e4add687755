import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { Notebook } from './notebook.js';
import { isReassignable, scopeText } from './linked-text.js';

/** The files of cells: what is before and after each text. */
function linked(texts: readonly string[], options: { readonly seesLater?: boolean; readonly jsx?: readonly string[] } = {}): { readonly around: string[]; readonly scope: string[] } {
  const notebook = new Notebook(ts, { seesLater: options.seesLater ?? true });
  if (options.jsx !== undefined) notebook.setJsx({ names: options.jsx, mayBeClassic: true });
  notebook.open(texts.map((text, index) => ({ id: String(index), text })));
  return {
    around: notebook.cells.map(({ slot, source, prefix, suffix }) => {
      expect(notebook.file(slot)?.text).toBe(prefix + source.text + suffix);
      return [prefix.trimEnd(), suffix.trim()].filter((part) => part !== '').join(' … ');
    }),
    scope: notebook.scope.text.split('\n').slice(1, texts.length + 1),
  };
}

describe('the line before a cell', () => {
  it.each<[string, string[], string[]]>([
    ['exports what it declares', ['const a = 1; function f() {} class C {} type T = 1'], ['export{a,f,C,T};import{}from"#patchbay";']],
    ['leaves out what the cell exports itself', ['export const a = 1; const b = 2; export { b }'], ['export{};import{}from"#patchbay";']],
    ['imports what it uses, from the cell that has it', ['const a = 1', 'a'], ['export{a};import{}from"#patchbay";', 'export{};import{a$0 as a}from"#patchbay";']],
    ['takes the newest of two', ['const a = 1', 'const a = "x"', 'a'], ['export{a};import{}from"#patchbay";', 'export{a};import{}from"#patchbay";', 'export{};import{a$1 as a}from"#patchbay";']],
    ['does not import what the cell declares', ['const a = 1', 'const a = 2; a'], ['export{a};import{}from"#patchbay";', 'export{a};import{}from"#patchbay";']],
    ['takes later cells for what no earlier one has', ['const f = () => b', 'const b = 1'], ['export{f};import{b$1 as b}from"#patchbay";', 'export{b};import{}from"#patchbay";']],
  ])('%s', (_, texts, expected) => expect(linked(texts).around).toEqual(expected));

  it('does not see later cells in a session', () => expect(linked(['b', 'const b = 1'], { seesLater: false }).around[0]).toBe('export{};import{}from"#patchbay";'));

  it('declares let and var of other cells again, with what the cells between have made of them', () => {
    const again = (cell: number): string => `export{};import{x$0 as __pb$x,__pb$now$x$${cell} as __pb$now$x,__pb$Now}from"#patchbay";let x:typeof __pb$x=null!as __pb$Now<typeof __pb$x,typeof __pb$now$x>;`;
    expect(linked(['let x: 1 | null = null', 'x', 'x = 1', 'x', 'const f = () => { x = null }', 'x']).around).toEqual([
      'export{x};import{}from"#patchbay"; … ;export const __pb$now$x=x;',
      again(0),
      `${again(0)} … ;export const __pb$now$x=x;`,
      again(2),
      again(2).replace('export{}', 'export{f}'),
      again(2),
    ]);
    expect(['let', 'var', 'const', 'function', undefined].map(isReassignable)).toEqual([true, true, false, false, false]);
  });

  it('says how JSX runs where the cells have the function that it calls', () => {
    const texts = ['const React = 1', '<b/>', 'React', 'const a = <string>React'];
    expect(linked(texts, { jsx: ['React'] }).around).toEqual([
      'export{React};import{}from"#patchbay";',
      '/** @jsxRuntime classic */export{};import{React$0 as React}from"#patchbay";',
      'export{};import{React$0 as React}from"#patchbay";',
      'export{a};import{React$0 as React}from"#patchbay";',
    ]);
    expect(linked(['<b/>'], { jsx: ['React'] }).around).toEqual(['export{};import{}from"#patchbay";']);
    expect(linked(texts, { jsx: [] }).around[1]).toBe('export{};import{}from"#patchbay";');
  });
});

describe('the scope', () => {
  it('exports the names of every cell under its slot', () => {
    expect(linked(['const a = 1; let b = 2', 'b = 3', '1']).scope).toEqual(['export{a as a$0,b as b$0,__pb$now$b as __pb$now$b$0}from"#patchbay/0";', 'export{__pb$now$b as __pb$now$b$1}from"#patchbay/1";', 'export{}from"#patchbay/2";']);
  });

  it('is the same text for the same names', () => {
    const cells = [{ names: ['a'], settled: [] }, { names: [], settled: ['b'] }];
    expect(scopeText(cells)).toBe(scopeText(cells));
    expect(ts.createSourceFile('scope.ts', scopeText(cells), ts.ScriptTarget.ESNext).statements).toHaveLength(3);
  });
});
