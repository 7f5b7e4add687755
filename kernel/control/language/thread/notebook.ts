/**
 * The cells of one notebook in order, and the file that each of them is for TypeScript.
 *
 * Files have slots, which a cell keeps while it lives. There are always some spare ones, empty, so that a new cell is an edit
 * and not a new file, for which TypeScript would look at the whole program anew.
 */
import type { CellText, NotebookChange } from '../../../protocol/language.js';
import type { TypeScript } from '../../load-typescript.js';
import { parseCellSource, type CellSource } from './cell-source.js';
import type { JsxNames } from './compiler-options.js';
import { isReassignable, prefixOf, scopeText, settledNames, suffixOf, type Link } from './linked-text.js';
import { offsetAt } from './positions.js';

const SPARE_SLOTS = 16;

export interface Cell {
  readonly id: string;
  readonly slot: number;
  readonly source: CellSource;
  readonly prefix: string;
  readonly suffix: string;
  /** For each name of another cell that this one may use. */
  readonly links: ReadonlyMap<string, Link>;
}

/** What a name that no cell has declared stands for: nothing. */
const NO_LINKS: ReadonlyMap<string, Link> = new Map();
const EMPTY = `${prefixOf({ declared: new Map(), exported: new Set(), assigned: new Set() }, NO_LINKS)}`;

interface Slot {
  cell: Cell | undefined;
  text: string;
  version: number;
}

export class Notebook {
  readonly #ts: TypeScript;
  /** Whether cells may use what only later cells declare: an editor shows cells that will run, a session those that ran. */
  readonly #seesLater: boolean;
  readonly #slots: Slot[] = [];
  #order: Cell[] = [];
  #jsx: JsxNames = { names: [], mayBeClassic: false };
  #scope = '';
  #version = 0;
  #scopeVersion = 0;

  constructor(ts: TypeScript, options: { readonly seesLater: boolean }) {
    this.#ts = ts;
    this.#seesLater = options.seesLater;
    this.#link();
  }

  /** Changes whenever any text does. */
  get version(): number {
    return this.#version;
  }

  get cells(): readonly Cell[] {
    return this.#order;
  }

  get slotCount(): number {
    return this.#slots.length;
  }

  /** The file of a slot; that of a spare one is an empty module. */
  file(slot: number): { readonly text: string; readonly version: number; readonly cell: Cell | undefined } | undefined {
    return this.#slots[slot];
  }

  get scope(): { readonly text: string; readonly version: number } {
    return { text: this.#scope, version: this.#scopeVersion };
  }

  /** Makes the scope look new, though it is not. */
  touch(): void {
    this.#scopeVersion++;
    this.#version++;
  }

  cell(id: string): Cell | undefined {
    return this.#order.find((cell) => cell.id === id);
  }

  open(cells: readonly CellText[]): void {
    for (const { slot } of this.#order) this.#free(slot);
    this.#order = [];
    cells.forEach((cell, index) => this.#insert(index, cell));
    this.#link();
  }

  /** @throws RangeError for a cell that is not there: the sender and the service have lost step, and it must open anew. */
  change(changes: readonly NotebookChange[]): void {
    try {
      for (const change of changes) this.#apply(change);
    } finally {
      this.#link();
    }
  }

  setJsx(jsx: JsxNames): void {
    this.#jsx = jsx;
    this.#link();
  }

  /** Gives a cell a new text, by the one change between the old text and it. */
  setText(id: string, text: string): void {
    const index = this.#indexOf(id);
    this.#replace(index, text);
    this.#link();
  }

  #apply(change: NotebookChange): void {
    switch (change.type) {
      case 'insert':
        if (this.cell(change.cell.id) !== undefined) throw new RangeError(`there is a cell ${change.cell.id} already`);
        this.#insert(Math.min(Math.max(change.index, 0), this.#order.length), change.cell);
        break;
      case 'remove': {
        const [removed] = this.#order.splice(this.#indexOf(change.cell), 1);
        if (removed !== undefined) this.#free(removed.slot);
        break;
      }
      case 'move': {
        const [moved] = this.#order.splice(this.#indexOf(change.cell), 1);
        if (moved !== undefined) this.#order.splice(change.index, 0, moved);
        break;
      }
      case 'edit': {
        const index = this.#indexOf(change.cell);
        for (const { range, text } of change.edits) {
          const source = this.#order[index]?.source;
          if (source === undefined) continue;
          const start = offsetAt(source.text, source.starts, range.start);
          const end = Math.max(start, offsetAt(source.text, source.starts, range.end));
          this.#replace(index, source.text.slice(0, start) + text + source.text.slice(end));
        }
        break;
      }
    }
  }

  #indexOf(id: string): number {
    const index = this.#order.findIndex((cell) => cell.id === id);
    if (index < 0) throw new RangeError(`there is no cell ${id}`);
    return index;
  }

  #insert(index: number, { id, text }: CellText): void {
    let slot = this.#slots.findIndex(({ cell }) => cell === undefined);
    if (slot < 0) slot = this.#grow();
    const cell: Cell = { id, slot, source: parseCellSource(this.#ts, text), prefix: EMPTY, suffix: '', links: NO_LINKS };
    this.#slotAt(slot).cell = cell;
    this.#order.splice(index, 0, cell);
  }

  #replace(index: number, text: string): void {
    const cell = this.#order[index];
    if (cell === undefined || cell.source.text === text) return;
    this.#put(index, { ...cell, source: parseCellSource(this.#ts, text, cell.source) });
  }

  #put(index: number, cell: Cell): void {
    this.#order[index] = cell;
    this.#slotAt(cell.slot).cell = cell;
  }

  #free(slot: number): void {
    this.#slotAt(slot).cell = undefined;
  }

  #slotAt(slot: number): Slot {
    const found = this.#slots[slot];
    if (found === undefined) throw new RangeError(`there is no slot ${slot}`);
    return found;
  }

  /** The first of some new spare slots. */
  #grow(): number {
    const first = this.#slots.length;
    for (let count = 0; count < SPARE_SLOTS; count++) this.#slots.push({ cell: undefined, text: '', version: 0 });
    return first;
  }

  /** Finds for every cell the owners of the names it uses, and writes the texts that follow from it. */
  #link(): void {
    const later = new Map<string, Link>();
    if (this.#seesLater) for (const { slot, source } of this.#order) for (const [name, { kind }] of source.names.declared) if (!later.has(name)) later.set(name, linkTo(slot, kind));
    const visible = new Map<string, Link>();
    this.#order.forEach((cell, index) => {
      const { names, words, isJsx } = cell.source;
      const links = new Map<string, Link>();
      for (const word of isJsx ? [...words, ...this.#jsx.names] : words) {
        const link = names.declared.has(word) ? undefined : (visible.get(word) ?? later.get(word));
        if (link !== undefined) links.set(word, link);
      }
      const isClassicJsx = isJsx && this.#jsx.mayBeClassic && this.#jsx.names.some((name) => links.has(name) || names.declared.has(name));
      const settled = settledNames(names, links);
      for (const name of settled) {
        const link = links.get(name);
        if (link !== undefined) visible.set(name, { owner: link.owner, assignedIn: cell.slot });
      }
      for (const [name, { kind }] of names.declared) visible.set(name, linkTo(cell.slot, kind));
      this.#put(index, { ...cell, links, prefix: prefixOf(names, links, isClassicJsx), suffix: suffixOf(settled) });
    });
    if (this.#order.length > this.#slots.length - SPARE_SLOTS / 2) this.#grow();
    for (const slot of this.#slots) this.#write(slot);
    const scope = scopeText(this.#slots.map(({ cell }) => (cell === undefined ? { names: [], settled: [] } : { names: [...cell.source.names.declared.keys()], settled: settledNames(cell.source.names, cell.links) })));
    if (scope === this.#scope) return;
    this.#scope = scope;
    this.#scopeVersion++;
    this.#version++;
  }

  #write(slot: Slot): void {
    const text = slot.cell === undefined || slot.cell.source.isTooDeep ? EMPTY : slot.cell.prefix + asComment(slot.cell.source.text) + slot.cell.suffix;
    if (text === slot.text) return;
    slot.text = text;
    slot.version++;
    this.#version++;
  }
}

/** A first line like `#!/usr/bin/env node` is one at the start of a file only; as long as a comment. */
const asComment = (text: string): string => (text.startsWith('#!') ? `//${text.slice(2)}` : text);

function linkTo(owner: number, kind: string): Link {
  return isReassignable(kind) ? { owner, assignedIn: owner } : { owner };
}
