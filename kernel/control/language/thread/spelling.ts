/**
 * Names of other cells that a misspelt one may mean. TypeScript suggests only names that it sees, and it sees those of other
 * cells that are used.
 */
import type { CodeFix } from '../../../protocol/language.js';
import type { LanguageContext } from './context.js';
import type { Cell } from './notebook.js';
import { rangeAt } from './positions.js';

/** "Cannot find name 'x'", with and without a suggestion. */
export const UNKNOWN_NAME: readonly number[] = [2304, 2552];

/** As much of a name may be wrong as TypeScript allows. */
const WRONG_SHARE = 0.4;

/** The fix that writes the nearest name of an earlier cell; none when no name is near. `start` is in the cell's text. */
export function spellingFix({ notebook }: LanguageContext, cell: Cell, start: number): CodeFix[] {
  const { text, starts } = cell.source;
  const [word] = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text.slice(start)) ?? [];
  if (word === undefined) return [];
  const names = new Set<string>();
  for (const other of notebook.cells) {
    if (other === cell) break;
    for (const name of other.source.names.declared.keys()) names.add(name);
  }
  const nearest = nearestOf(word, names);
  if (nearest === undefined) return [];
  return [{ title: `Change spelling to '${nearest}'`, edits: [{ cell: cell.id, edits: [{ range: rangeAt(starts, start, start + word.length), text: nearest }] }], isPreferred: true }];
}

export function nearestOf(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor(word.length * WRONG_SHARE) + 1;
  for (const name of names) {
    if (name === word || Math.abs(name.length - word.length) >= least) continue;
    const wrong = distance(word.toLowerCase(), name.toLowerCase());
    if (wrong < least) [best, least] = [name, wrong];
  }
  return best;
}

/** Letters that were added, left out, or written for another one: the Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
