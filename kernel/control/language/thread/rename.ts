import type { CellEdits, RenameTarget, TextEdit } from '../../../protocol/language.js';
import { isBundled } from './bundled-types.js';
import type { LanguageContext, Place } from './context.js';
import { clean } from './display.js';
import { localPlaces, sessionNameAt } from './session-name.js';

const PREFERENCES = { providePrefixAndSuffixTextForRename: true, allowRenameOfImportPath: false } as const;

export function prepareRename(context: LanguageContext, place: Place): RenameTarget {
  const info = context.service.getRenameInfo(place.file, place.offset, PREFERENCES);
  if (!info.canRename) return { refused: clean(info.localizedErrorMessage) };
  const range = context.rangeIn(place.cell, info.triggerSpan);
  if (range === undefined) return { refused: 'You cannot rename this element.' };
  const outside = fileOutside(context, place);
  if (outside !== undefined) return { refused: isBundled(outside) || outside.includes('/node_modules/') ? `${info.displayName} is declared in a library, which is not yours to rename.` : `${info.displayName} is declared in ${outside}: rename it there.` };
  return { range, placeholder: info.displayName };
}

/**
 * The edits that give a name another one in all cells.
 *
 * @throws RangeError when it cannot be renamed, or not so
 */
export function rename(context: LanguageContext, place: Place, newName: string): CellEdits[] {
  const target = prepareRename(context, place);
  if ('refused' in target) throw new RangeError(target.refused);
  if (!isIdentifier(context, newName)) throw new RangeError(`'${newName}' is not a name that TypeScript allows.`);
  // Elsewhere TypeScript says so after the rename; cells may declare a name twice, so that nobody would.
  if (sessionNameAt(context, place) !== undefined && newName !== target.placeholder && context.notebook.cells.some(({ source }) => source.names.declared.has(newName))) {
    throw new RangeError(`'${newName}' is declared in a cell already: the two names would become one.`);
  }
  const edits = new Map<string, Map<string, TextEdit>>();
  for (const { file, offset } of placesOf(context, place)) {
    for (const { fileName, textSpan, prefixText = '', suffixText = '' } of context.service.findRenameLocations(file, offset, false, false, PREFERENCES) ?? []) {
      const location = context.location(fileName, textSpan);
      if (location === undefined || !('cell' in location)) continue;
      const ofCell = edits.get(location.cell) ?? new Map<string, TextEdit>();
      edits.set(location.cell, ofCell.set(JSON.stringify(location.range), { range: location.range, text: prefixText + newName + suffixText }));
    }
  }
  return [...edits].map(([cell, ofCell]) => ({ cell, edits: [...ofCell.values()] }));
}

function placesOf(context: LanguageContext, place: Place): readonly { readonly file: string; readonly offset: number }[] {
  const shared = sessionNameAt(context, place);
  return shared === undefined ? [place] : localPlaces(context, shared);
}

/** A file that is no cell and would have to change as well. */
function fileOutside(context: LanguageContext, place: Place): string | undefined {
  for (const { file, offset } of placesOf(context, place)) {
    const outside = context.service.findRenameLocations(file, offset, false, false, PREFERENCES)?.find(({ fileName }) => !context.host.isGenerated(fileName));
    if (outside !== undefined) return outside.fileName;
  }
  return undefined;
}

function isIdentifier({ ts }: LanguageContext, name: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, name);
  const kind = scanner.scan();
  return (kind === ts.SyntaxKind.PrivateIdentifier || kind === ts.SyntaxKind.Identifier || kind > ts.SyntaxKind.LastReservedWord) && scanner.getTokenEnd() === name.length && name !== '';
}
