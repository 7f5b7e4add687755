import type TS from 'typescript';
import type { CompletionDetails, CompletionItem, CompletionList } from '../../../protocol/language.js';
import { BUNDLED } from './bundled-types.js';
import { cellEdits, quotesOf } from './cell-edits.js';
import type { LanguageContext, Place } from './context.js';
import { clean, documentation, signature } from './display.js';
import { GENERATED } from './linked-text.js';
import type { Cell } from './notebook.js';
import { rangeAt } from './positions.js';

export interface CompletionOptions {
  readonly trigger?: string;
  readonly autoImports?: boolean;
}

const TRIGGERS: readonly TS.CompletionsTriggerCharacter[] = ['.', '"', "'", '`', '/', '@', '<', '#', ' '];

/** Like TypeScript's own for names in scope. */
const IN_SCOPE = '11';

const preferences = (context: LanguageContext, cell: Cell, autoImports: boolean): TS.UserPreferences => ({
  quotePreference: quotesOf(context, cell),
  includeCompletionsForModuleExports: autoImports,
  includeCompletionsForImportStatements: true,
  includeCompletionsWithInsertText: true,
  includeAutomaticOptionalChainCompletions: true,
  autoImportFileExcludePatterns: ['**/__patchbay_*'],
  // Only what has a name of its own: nobody imports from where our declarations seem to lie.
  autoImportSpecifierExcludeRegexes: [BUNDLED],
  allowIncompleteCompletions: false,
});

export function complete(context: LanguageContext, place: Place, { trigger, autoImports = false }: CompletionOptions = {}): CompletionList | undefined {
  const { service } = context;
  const { cell, file, offset } = place;
  const triggerCharacter = TRIGGERS.find((known) => known === trigger);
  const found = service.getCompletionsAtPosition(file, offset, { ...preferences(context, cell, autoImports), ...(triggerCharacter === undefined ? {} : { triggerCharacter }) });
  if (found === undefined) return undefined;
  const items = found.entries.filter(({ name, source }) => !name.startsWith(GENERATED) && source?.includes('__patchbay_') !== true).map((entry) => toItem(context, cell, entry));
  if (isOfScope(found)) items.push(...namesOfOtherCells(context, cell, new Set(items.map(({ label }) => label))));
  const end = offset - cell.prefix.length;
  // Inside quotes the items say themselves what they replace: all the same.
  const start = startOfReplaced(context, place, found.optionalReplacementSpan ?? found.entries[0]?.replacementSpan);
  return { range: rangeAt(cell.source.starts, start, end), items, isMemberList: found.isMemberCompletion };
}

/** Whether the list is of names in scope: then it holds the global ones. TypeScript's own flag says so of statements only. */
function isOfScope({ isMemberCompletion, entries }: TS.CompletionInfo): boolean {
  return !isMemberCompletion && entries.some(({ name, replacementSpan }) => name === 'Array' && replacementSpan === undefined);
}

/** What the item replaces begins at the word, or at the string's content. */
function startOfReplaced({ ts }: LanguageContext, { cell, offset }: Place, span: TS.TextSpan | undefined): number {
  const end = offset - cell.prefix.length;
  if (span !== undefined && span.start >= cell.prefix.length && span.start <= offset) return span.start - cell.prefix.length;
  let start = end;
  while (start > 0) {
    const previous = cell.source.text.codePointAt(start - 1) ?? 0;
    const isLowHalf = previous >= 0xdc00 && previous <= 0xdfff && start > 1;
    const character = isLowHalf ? (cell.source.text.codePointAt(start - 2) ?? 0) : previous;
    if (!ts.isIdentifierPart(character, ts.ScriptTarget.ESNext)) break;
    start -= isLowHalf ? 2 : 1;
  }
  return start;
}

function toItem(context: LanguageContext, cell: Cell, entry: TS.CompletionEntry): CompletionItem {
  const link = cell.links.get(entry.name);
  const kind = link === undefined ? entry.kind : (context.cellAt(link.owner)?.source.names.declared.get(entry.name)?.kind ?? entry.kind);
  const range = entry.replacementSpan === undefined ? undefined : context.rangeIn(cell, entry.replacementSpan);
  const source = entry.sourceDisplay === undefined ? entry.source : context.ts.displayPartsToString(entry.sourceDisplay);
  return {
    label: entry.name,
    kind: kind === 'import' ? 'alias' : kind,
    sortText: entry.sortText,
    ...(entry.insertText === undefined || entry.insertText === entry.name ? {} : { insertText: entry.insertText }),
    ...(range === undefined ? {} : { range }),
    ...(source === undefined ? {} : { source }),
    ...(entry.kindModifiers?.includes('deprecated') === true ? { isDeprecated: true } : {}),
    ...(entry.isRecommended === true ? { isRecommended: true } : {}),
    ...(entry.data === undefined && entry.source === undefined ? {} : { data: { source: entry.source, data: entry.data } }),
  };
}

/** A cell imports only what it uses: names that it could use come from the cells before it. */
function namesOfOtherCells({ notebook }: LanguageContext, cell: Cell, known: ReadonlySet<string>): CompletionItem[] {
  const names = new Map<string, CompletionItem>();
  for (const other of notebook.cells) {
    if (other === cell) break;
    for (const name of other.source.globals) if (!known.has(name)) names.set(name, { label: name, kind: 'var', sortText: IN_SCOPE });
    for (const [name, { kind }] of other.source.names.declared) {
      if (!known.has(name)) names.set(name, { label: name, kind: kind === 'import' ? 'alias' : kind, sortText: IN_SCOPE, data: { cell: other.id } });
    }
  }
  return [...names.values()];
}

export function resolveCompletion(context: LanguageContext, { cell, file, offset }: Place, item: CompletionItem): CompletionDetails | undefined {
  const { ts, service } = context;
  // SAFETY: what toItem and namesOfOtherCells put there; each member is looked at before it is used.
  const handed = (item.data ?? {}) as { readonly cell?: string; readonly source?: string; readonly data?: TS.CompletionEntryData };
  const owner = handed.cell === undefined ? undefined : context.notebook.cell(handed.cell);
  const declared = owner?.source.names.declared.get(item.label);
  if (owner !== undefined && declared !== undefined) {
    const info = service.getQuickInfoAtPosition(context.fileOf(owner), owner.prefix.length + declared.start);
    return info && { signature: signature(ts, info.displayParts), documentation: documentation(ts, info.documentation, info.tags), edits: [] };
  }
  const details = service.getCompletionEntryDetails(file, offset, item.label, {}, handed.source, preferences(context, cell, handed.source !== undefined), handed.data);
  if (details === undefined) return undefined;
  return {
    signature: signature(ts, details.displayParts),
    documentation: clean(documentation(ts, details.documentation, details.tags)),
    edits: (details.codeActions ?? []).flatMap(({ changes }) => cellEdits(context, changes, cell) ?? []),
  };
}
