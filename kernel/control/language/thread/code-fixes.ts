import type { CodeFix, LineRange } from '../../../protocol/language.js';
import { awaitFix } from './await-fix.js';
import { BUNDLED } from './bundled-types.js';
import { cellEdits, quotesOf } from './cell-edits.js';
import type { LanguageContext } from './context.js';
import type { Cell } from './notebook.js';
import { offsetAt } from './positions.js';
import { spellingFix, UNKNOWN_NAME } from './spelling.js';

/** TypeScript's fixes for diagnostics of a range; those that would change anything but cells are left out. */
export function codeFixes(context: LanguageContext, cell: Cell, range: LineRange, codes: readonly number[]): CodeFix[] {
  const { ts, service } = context;
  const { text, starts } = cell.source;
  const start = context.placeAt(cell, offsetAt(text, starts, range.start)).offset;
  const end = context.placeAt(cell, offsetAt(text, starts, range.end)).offset;
  const format = { ...ts.getDefaultFormatCodeSettings(text.includes('\r\n') ? '\r\n' : '\n'), indentSize: 2, tabSize: 2 };
  const preferences = { autoImportFileExcludePatterns: ['**/__patchbay_*'], autoImportSpecifierExcludeRegexes: [BUNDLED], includeCompletionsForModuleExports: true, quotePreference: quotesOf(context, cell) };
  const fixes = service.getCodeFixesAtPosition(context.fileOf(cell), start, end, codes, format, preferences);
  const own = codes.some((code) => UNKNOWN_NAME.includes(code)) ? spellingFix(context, cell, start - cell.prefix.length) : awaitFix(context, cell, start - cell.prefix.length, codes);
  const others = fixes.flatMap(({ description, changes, fixName }, index) => {
    const edits = cellEdits(context, changes, cell);
    return edits === undefined || edits.every((one) => one.edits.length === 0) ? [] : [{ title: description, edits, isPreferred: index === 0 && own.length === 0 && PREFERRED.has(fixName) }];
  });
  return [...own, ...others];
}

/** Fixes that are right more often than not. */
const PREFERRED = new Set(['import', 'spelling', 'addMissingAwait']);
