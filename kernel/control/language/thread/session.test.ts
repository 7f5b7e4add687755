import { afterAll, describe, expect, it } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';
import { SessionCells } from './session.js';

const language = new TestLanguage();
afterAll(() => language.dispose());

function session(): { readonly cells: SessionCells; readonly ids: () => string[] } {
  const context = language.language.context('session');
  return { cells: new SessionCells(context), ids: () => context.notebook.cells.map(({ id }) => id) };
}

describe('the cells of a session', () => {
  it('are forgotten when nothing can refer to them any more', () => {
    const { cells, ids } = session();
    expect(cells.executed('1', 'const a = 1', [])).toEqual([]);
    expect(cells.executed('2', 'const b = a', [])).toEqual([]);
    expect(cells.executed('3', 'a + b', [])).toEqual([]);
    expect(cells.executed('4', 'const a = "x"', [])).toEqual(['3']);
    expect(ids()).toEqual(['1', '2', '4', 'draft']);
    expect(cells.executed('5', 'const b = 2', [])).toEqual(['1', '2']);
    for (let run = 6; run < 60; run++) cells.executed(String(run), 'const a = 1; let c = a; c += b', []);
    expect(ids()).toEqual(['5', '59', 'draft']);
  });

  it('are kept while somebody wants to hear of them', () => {
    const { cells } = session();
    cells.executed('1', 'const wrong: string = 1', []);
    expect(cells.executed('2', 'const wrong = "right"', ['1'])).toEqual([]);
    expect(cells.diagnostics('1').map(({ code }) => code)).toEqual([2322]);
    expect(cells.executed('3', '1', [])).toEqual(['1']);
    expect(cells.diagnostics('1')).toEqual([]);
  });

  it('are kept when they gave a variable its newest value', () => {
    const { cells } = session();
    cells.executed('1', 'let when: Date | null = null', []);
    cells.executed('2', 'when = new Date()', []);
    expect(cells.executed('3', 'when.getTime()', [])).toEqual([]);
    expect(cells.diagnostics('3')).toEqual([]);
    expect(cells.check('when.getTime()')).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['obj.|', ['alpha', 'beta', 'Gamma']],
    ['obj.g|', ['Gamma']],
    ['obj.al|pha', ['alpha']],
    ['obj["|"]', ['alpha', 'beta', 'Gamma', 'with-dash']],
    ['obj.nothing.|', []],
    ['"text |"', []],
    ['// comment |', []],
    ['obj.alpha.toFix|', ['toFixed']],
    ['const other = ob|', ['obj', 'object']],
  ])('complete %s', (marked, expected) => {
    const { cells } = session();
    cells.executed('1', 'const obj = { alpha: 1, beta: 2, Gamma: 3, "with-dash": 4 }', []);
    const found = cells.complete(marked.replace('|', ''), marked.indexOf('|'));
    expect(found.matches.map(({ text }) => text).filter((text) => text !== 'Object').sort()).toEqual([...expected].sort());
  });

  it('inspect what stands before the cursor too, and calls from inside', () => {
    const { cells } = session();
    cells.executed('1', '/** Adds. */\nfunction plus(a: number, b = 1) { return a + b }', []);
    expect(cells.inspect('plus', 4)).toMatchObject({ signature: 'function plus(a: number, b?: number): number', documentation: 'Adds.' });
    expect(cells.inspect('plus(1, ', 8)).toEqual({ signature: 'plus(a: number, b?: number): number', documentation: 'Adds.' });
    expect(cells.inspect('1 + ', 4)).toBeUndefined();
    expect(cells.inspect('plus(unknownName', 16)).toBeUndefined();
  });
});
