import type { BitMatrix } from './bit-matrix.js';
import { apply, difference, inverse, type Delta } from './delta.js';
import { deltaOf, type Operation } from './operations.js';

/** A step of the history; VS Code holds one for each of its own undo steps. */
export interface Edit {
  readonly operation: Operation;
  readonly delta: Delta;
}

/**
 * A mask and all that was done to it.
 *
 * The edits up to the current position are applied, those behind it can be redone. What the disk does to the mask is no edit of
 * the user's, so VS Code counts no step for it: it rides on the position at which it happened. Going back over that position takes
 * it back, and coming forward again brings it again; so content and position always belong together.
 */
export class Timeline {
  #matrix: BitMatrix;
  readonly #edits: Edit[] = [];
  /** Changes from outside, by the position at which they happened. */
  readonly #riders = new Map<number, Delta[]>();
  /** How many edits are applied. */
  #position = 0;
  /** Where the content is that of the file; undefined once that can no longer be reached, or never could. */
  #saved: number | undefined;

  /** @param isSaved false for what no file holds: a restored backup, a mask out of a notebook */
  constructor(matrix: BitMatrix, isSaved: boolean) {
    this.#matrix = matrix;
    this.#saved = isSaved ? 0 : undefined;
  }

  /** Changes in place with each edit; clone it to keep it. */
  get matrix(): BitMatrix {
    return this.#matrix;
  }

  get isDirty(): boolean {
    return this.#position !== this.#saved;
  }

  get savedPosition(): number | undefined {
    return this.#saved;
  }

  /** Applies the operation as one edit, and forgets those that were undone. Undefined when it changes nothing. */
  edit(operation: Operation): Edit | undefined {
    const delta = deltaOf(this.#matrix, operation);
    if (delta === undefined) return undefined;
    this.#forgetUndone();
    const edit = { operation, delta };
    this.#edits.push(edit);
    this.#position++;
    this.#matrix = apply(this.#matrix, delta);
    return edit;
  }

  /** Goes back to before the edit. Returns the deltas that were applied; none when the edit is not among the applied ones. */
  undo(edit: Edit): Delta[] {
    const place = this.#edits.indexOf(edit);
    return place < 0 || place >= this.#position ? [] : this.#moveTo(place);
  }

  /** Goes forward to after the edit. */
  redo(edit: Edit): Delta[] {
    const place = this.#edits.indexOf(edit);
    return place < this.#position ? [] : this.#moveTo(place + 1);
  }

  /** The content as it is now stands in the file. */
  markSaved(): void {
    this.#saved = this.#position;
  }

  /** Back to the file as it is on disk. Edits after the last save are forgotten, as VS Code forgets them. */
  revert(disk: BitMatrix): Delta[] {
    const back = this.#moveTo(this.#saved ?? this.#position);
    return [...back, ...this.follow(disk)];
  }

  /** The file has changed outside, and the content follows it. Edits that were undone are forgotten. */
  follow(disk: BitMatrix): Delta[] {
    this.#forgetUndone();
    this.#saved = this.#position;
    const delta = difference(this.#matrix, disk);
    if (delta === undefined) return [];
    const riders = this.#riders.get(this.#position);
    if (riders === undefined) this.#riders.set(this.#position, [delta]);
    else riders.push(delta);
    this.#matrix = apply(this.#matrix, delta);
    return [delta];
  }

  #moveTo(position: number): Delta[] {
    const deltas: Delta[] = [];
    const go = (delta: Delta): void => {
      this.#matrix = apply(this.#matrix, delta);
      deltas.push(delta);
    };
    for (; this.#position > position; this.#position--) {
      for (const rider of (this.#riders.get(this.#position) ?? []).toReversed()) go(inverse(rider));
      const edit = this.#edits[this.#position - 1];
      if (edit !== undefined) go(inverse(edit.delta));
    }
    while (this.#position < position) {
      const edit = this.#edits[this.#position++];
      if (edit !== undefined) go(edit.delta);
      for (const rider of this.#riders.get(this.#position) ?? []) go(rider);
    }
    return deltas;
  }

  #forgetUndone(): void {
    this.#edits.length = this.#position;
    for (const place of [...this.#riders.keys()]) if (place > this.#position) this.#riders.delete(place);
    if (this.#saved !== undefined && this.#saved > this.#position) this.#saved = undefined;
  }
}
