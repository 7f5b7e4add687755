/**
 * Edits of a text by offset, and the writer that puts an edited text together and remembers where each piece came from.
 */
import type { PositionMapData } from './cell.js';
import { lineStarts } from './position-map.js';

/** Who comes first at one offset: what closes, then what opens, then what belongs to the token that follows. */
export type Order = 'close' | 'open' | 'inner';
const RANK: Record<Order, number> = { close: 0, open: 1, inner: 2 };

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly rank: number;
}

/** Edits of one text. They must not overlap. */
export class Edits {
  readonly #edits: Edit[] = [];
  #sorted = true;

  insert(at: number, text: string, order: Order = 'open'): void {
    this.#add({ start: at, end: at, text, rank: RANK[order] });
  }

  replace(start: number, end: number, text: string): void {
    this.#add({ start, end, text, rank: RANK.inner });
  }

  #add(edit: Edit): void {
    this.#edits.push(edit);
    this.#sorted = false;
  }

  /** In order of their place. */
  sorted(): readonly Edit[] {
    // The sort is stable: edits of one rank at one place stay in the order in which they were made.
    if (!this.#sorted) this.#edits.sort((a, b) => a.start - b.start || a.end - b.end || a.rank - b.rank);
    this.#sorted = true;
    return this.#edits;
  }

  /** The text with all edits applied, for edits that keep its length. */
  applyTo(text: string): string {
    const out: string[] = [];
    let at = 0;
    for (const { start, end, text: replacement } of this.sorted()) {
      out.push(text.slice(at, start), replacement);
      at = end;
    }
    out.push(text.slice(at));
    return out.join('');
  }
}

/** Builds generated code out of pieces of a text and out of new text. */
export class CodeWriter {
  readonly #text: string;
  readonly #edits: readonly Edit[];
  readonly #head: number[] = [];
  readonly #segments: number[] = [];
  readonly #out: string[] = [];
  #length = 0;

  constructor(text: string, edits: Edits) {
    this.#text = text;
    this.#edits = edits.sorted();
  }

  /** New text at the start, before any other, that stands for a place of the source that the user wrote. */
  writeHead(text: string, source: number): void {
    this.#head.push(this.#length, source, 0);
    this.#out.push(text);
    this.#length += text.length;
  }

  /** New text that stands for the place `original`. */
  write(text: string, original: number): void {
    if (text.length === 0) return;
    this.#segments.push(this.#length, original, 0);
    this.#out.push(text);
    this.#length += text.length;
  }

  /** The text from `start` to `end`, edited. Insertions at `end` belong to what follows, except at the end of the text. */
  copy(start: number, end: number): void {
    let at = start;
    for (let index = this.#firstAt(start); index < this.#edits.length; index++) {
      const edit = this.#edits[index];
      if (edit === undefined || edit.start > end || (edit.start === end && end < this.#text.length)) break;
      this.#copyRaw(at, edit.start);
      this.write(edit.text, edit.start);
      at = edit.end;
    }
    this.#copyRaw(at, end);
  }

  #copyRaw(start: number, end: number): void {
    if (end <= start) return;
    this.#segments.push(this.#length, start, end - start);
    this.#out.push(this.#text.slice(start, end));
    this.#length += end - start;
  }

  #firstAt(start: number): number {
    let low = 0;
    let high = this.#edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#edits[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param toOriginal moves segments into the text to the source, when the text was generated from it */
  finish(source: string, toOriginal: (segments: readonly number[]) => readonly number[]): { code: string; map: PositionMapData } {
    const code = this.#out.join('');
    return { code, map: { segments: [...this.#head, ...toOriginal(this.#segments)], generatedLineStarts: lineStarts(code), originalLineStarts: lineStarts(source) } };
  }
}
