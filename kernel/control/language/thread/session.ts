/**
 * The session's notebook: the cells that ran, in the order in which they ran, and last a draft: the code that is asked about.
 */
import type { Diagnostic } from '../../../protocol/language.js';
import type { Inspection, SessionCompletion } from '../messages.js';
import { complete } from './completion.js';
import type { LanguageContext } from './context.js';
import { diagnose } from './diagnostics.js';
import { hover, signatureHelp } from './hover.js';
import type { Cell } from './notebook.js';
import { offsetAt } from './positions.js';

const DRAFT = 'draft';

export class SessionCells {
  readonly #context: LanguageContext;

  constructor(context: LanguageContext) {
    this.#context = context;
    context.notebook.open([{ id: DRAFT, text: '' }]);
  }

  executed(id: string, text: string, keep: readonly string[]): readonly string[] {
    const { notebook } = this.#context;
    notebook.change([{ type: 'insert', index: notebook.cells.length - 1, cell: { id, text } }]);
    const kept = reachable(this.#context, [id, ...keep]);
    const forgotten = notebook.cells.filter((cell) => !kept.has(cell)).map((cell) => cell.id);
    if (forgotten.length > 0) notebook.change(forgotten.map((cell) => ({ type: 'remove', cell })));
    return forgotten;
  }

  diagnostics(id: string): readonly Diagnostic[] {
    const cell = this.#context.notebook.cell(id);
    return cell === undefined ? [] : diagnose(this.#context, cell);
  }

  check(text: string): readonly Diagnostic[] {
    return diagnose(this.#context, this.#draft(text));
  }

  complete(code: string, offset: number): SessionCompletion {
    const cell = this.#draft(code);
    const found = complete(this.#context, this.#context.placeAt(cell, offset));
    if (found === undefined) return { start: offset, end: offset, matches: [] };
    const at = (position: { line: number; character: number }): number => offsetAt(code, cell.source.starts, position);
    const start = at(found.range.start);
    const prefix = code.slice(start, offset);
    // What replaces something else, e.g. the dot before it, has no place in a reply with one range for all.
    const usable = found.items.filter(({ range, insertText }) => insertText === undefined && (range === undefined || at(range.start) === start));
    const exact = usable.filter(({ label }) => label.startsWith(prefix));
    const loose = exact.length > 0 ? exact : usable.filter(({ label }) => label.toLowerCase().startsWith(prefix.toLowerCase()));
    const sorted = [...loose].sort((a, b) => compare(a.sortText, b.sortText) || compare(a.label, b.label));
    return { start, end: offset, matches: sorted.map(({ label, kind }) => ({ text: label, type: kind })) };
  }

  /** What stands at the offset or just before it; inside the parentheses of a call, the function that is called. */
  inspect(code: string, offset: number): Inspection | undefined {
    const cell = this.#draft(code);
    const at = (where: number): Inspection | undefined => {
      const place = this.#context.placeAt(cell, where);
      const word = isWord(code.charAt(where));
      return word ? hover(this.#context, place) : undefined;
    };
    const own = at(offset) ?? (offset > 0 ? at(offset - 1) : undefined);
    if (own !== undefined) return own;
    // A name that is not known stays unknown, also where a call is around it.
    if (isWord(code.charAt(offset)) || isWord(code.charAt(offset - 1))) return undefined;
    const help = signatureHelp(this.#context, this.#context.placeAt(cell, offset));
    const signature = help?.signatures[help.activeSignature];
    return signature && { signature: signature.label, documentation: [signature.documentation, ...signature.parameters.map(({ start, end, documentation }) => (documentation === '' ? '' : `*@param* \`${signature.label.slice(start, end)}\` — ${documentation}`))].filter((part) => part !== '').join('\n\n') };
  }

  #draft(text: string): Cell {
    this.#context.notebook.setText(DRAFT, text);
    return this.#context.require(DRAFT);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isWord = (character: string): boolean => /[\p{ID_Continue}$"'`\u{d800}-\u{dfff}]/u.test(character);

/** The cells whose names can still be meant: those that declare a visible name or give a global one, and what they are made of. */
function reachable({ notebook }: LanguageContext, wanted: readonly string[]): ReadonlySet<Cell> {
  const owners = new Map<string, Cell>();
  for (const cell of notebook.cells) for (const name of cell.source.names.declared.keys()) owners.set(name, cell);
  const waiting = [...owners.values(), ...notebook.cells.filter(({ id, source }) => id === DRAFT || wanted.includes(id) || source.globals.size > 0)];
  const kept = new Set<Cell>();
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    if (kept.has(cell)) continue;
    kept.add(cell);
    for (const { owner, assignedIn } of cell.links.values()) {
      for (const slot of [owner, assignedIn]) {
        const used = slot === undefined ? undefined : notebook.file(slot)?.cell;
        if (used !== undefined) waiting.push(used);
      }
    }
  }
  return kept;
}
