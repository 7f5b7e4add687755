import { afterAll, describe, expect, it } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';
import { cellEdits } from './cell-edits.js';
import type { Cell } from './notebook.js';

const language = new TestLanguage();
afterAll(() => language.dispose());

describe('changes of TypeScript’s as edits of cells', () => {
  const context = language.open(['const a = 1;\r\n', "// note\nimport { x } from 'y';\na"]);
  const [first, second] = context.notebook.cells as [Cell, Cell];
  const change = (cell: Cell, start: number, length: number, newText: string) => [{ fileName: context.fileOf(cell), textChanges: [{ span: { start, length }, newText }] }];

  it('lie in the cell', () => expect(cellEdits(context, change(first, first.prefix.length + 6, 1, 'b'), first)).toEqual([{ cell: '0', edits: [{ range: { start: { line: 0, character: 6 }, end: { line: 0, character: 7 } }, text: 'b' }] }]));

  it('that import something go to the cell’s top, or after its last import', () => {
    const text = 'import { z } from "z";\n\n';
    const top = { line: 0, character: 0 };
    expect(cellEdits(context, change(first, 3, 0, text), first)).toEqual([{ cell: '0', edits: [{ range: { start: top, end: top }, text: 'import { z } from "z";\r\n' }] }]);
    const after = { line: 1, character: 22 };
    expect(cellEdits(context, change(second, 0, 0, `\n${text}`), second)).toEqual([{ cell: '1', edits: [{ range: { start: after, end: after }, text: '\nimport { z } from "z";' }] }]);
  });

  it('are refused when they would change anything else', () => {
    expect(cellEdits(context, change(second, 3, 4, 'b'), second)).toBeUndefined();
    expect(cellEdits(context, [{ fileName: '/elsewhere.ts', textChanges: [] }], second)).toBeUndefined();
  });
});
