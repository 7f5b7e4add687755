/** Completion items of the language service in VS Code's terms, without VS Code. */
import type { CompletionDetails, CompletionItem, CompletionList, LineRange } from '../../kernel/protocol/language.js';
import { completionKind, type CompletionKind } from './kinds.js';
import { codeBlock, joined } from './markdown.js';

export interface ShownCompletion {
  readonly label: string;
  /** Beside the label, greyed: where an import comes from. */
  readonly description: string | undefined;
  readonly kind: CompletionKind;
  readonly sortText: string;
  readonly insertText: string;
  /** What is typed is compared with this. */
  readonly filterText: string;
  readonly range: LineRange;
  readonly isDeprecated: boolean;
  readonly isPreselected: boolean;
}

/** @param lines the cell's text; an item that replaces more than the word is found by all that it replaces. */
export function shownCompletion(item: CompletionItem, list: CompletionList, lines: readonly string[]): ShownCompletion {
  const range = item.range ?? list.range;
  const isSameLine = range.start.line === list.range.start.line && range.start.character < list.range.start.character;
  const before = isSameLine ? (lines[range.start.line] ?? '').slice(range.start.character, list.range.start.character) : '';
  return {
    label: item.label,
    description: item.source,
    kind: completionKind(item.kind),
    sortText: item.sortText,
    insertText: item.insertText ?? item.label,
    filterText: before + item.label,
    range,
    isDeprecated: item.isDeprecated === true,
    isPreselected: item.isRecommended === true,
  };
}

/** Names of other modules make the list long: they are asked for when there is a word to search for. */
export function wantsAutoImports(trigger: string | undefined, textBefore: string): boolean {
  return trigger === undefined && /(?:^|[^.\w$])[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(textBefore);
}

/** TypeScript offers what Node brings under two names, `fs` and `node:fs`: the plain one is left out. */
export function withoutPlainNodeModules(items: readonly CompletionItem[]): CompletionItem[] {
  const prefixed = new Set(items.filter(({ source }) => source?.startsWith('node:')).map(({ label, source = '' }) => `${source} ${label}`));
  return items.filter(({ label, source }) => source === undefined || !prefixed.has(`node:${source} ${label}`));
}

/** The text beside the list: signature and documentation. */
export const completionDocumentation = ({ signature, documentation }: CompletionDetails): string => joined(codeBlock(signature), documentation);
