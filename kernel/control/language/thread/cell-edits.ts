import type TS from 'typescript';
import type { CellEdits, TextEdit } from '../../../protocol/language.js';
import type { LanguageContext } from './context.js';
import type { Cell } from './notebook.js';
import { positionAt } from './positions.js';

/**
 * TypeScript's changes of files as edits of cells. An import that TypeScript would put beside ours goes to the cell's own.
 *
 * @returns undefined when one of them changes anything but cells
 */
export function cellEdits(context: LanguageContext, changes: readonly TS.FileTextChanges[], asking: Cell): CellEdits[] | undefined {
  const result: CellEdits[] = [];
  for (const { fileName, textChanges } of changes) {
    const found = context.host.cellOf(fileName);
    if (found?.notebook !== context.notebook) return undefined;
    const edits: TextEdit[] = [];
    for (const { span, newText } of textChanges) {
      const range = context.rangeIn(found.cell, span);
      if (range !== undefined && !(span.start === found.cell.prefix.length && span.length === 0)) edits.push({ range, text: newText });
      else if (/^\s*import\b/.test(newText)) edits.push(newImport(context, found.cell, newText.trim()));
      else if (range !== undefined) edits.push({ range, text: newText });
      else return undefined;
    }
    result.push({ cell: found.cell.id, edits });
  }
  return result.length === 0 && changes.length > 0 ? undefined : result.filter(({ cell, edits }) => edits.length > 0 || cell === asking.id);
}

/** The quotes of the cell's imports, or of those of other cells. TypeScript would take them from the line before the cell. */
export function quotesOf({ ts, notebook }: LanguageContext, cell: Cell): 'single' | 'double' {
  for (const { source: { file, text } } of [cell, ...notebook.cells]) {
    const first = file.statements.find((one) => ts.isImportDeclaration(one));
    if (first !== undefined) return text.charAt(first.moduleSpecifier.end - 1) === "'" ? 'single' : 'double';
  }
  return 'double';
}

function newImport({ ts }: LanguageContext, { source }: Cell, statement: string): TextEdit {
  const last = source.file.statements.filter((one) => ts.isImportDeclaration(one)).at(-1);
  const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
  const at = positionAt(source.starts, last?.end ?? 0);
  return { range: { start: at, end: at }, text: last === undefined ? `${statement}${newline}` : `${newline}${statement}` };
}
