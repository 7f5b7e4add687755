import * as vscode from 'vscode';
import type { BitMatrix } from './document/bit-matrix.js';
import { Counts } from './document/counts.js';
import type { Delta } from './document/delta.js';
import { labelOf } from './document/label.js';
import { everything, isEverything, isOutside, type Operation } from './document/operations.js';
import { recipeProblem, type Recipe } from './document/recipes.js';
import { Timeline, type Edit } from './document/timeline.js';
import type { FileStyle } from './files/style.js';

export interface MaskContent {
  readonly matrix: BitMatrix;
  readonly style: FileStyle | undefined;
  /** Fingerprint of the file's bytes; undefined when no file holds the mask. */
  readonly base: string | undefined;
  /** False for a restored backup and a mask out of a notebook. */
  readonly isSaved: boolean;
  readonly recipes?: readonly Recipe[];
}

/** What the pages of a document are told. */
export interface DocumentChange {
  readonly deltas: readonly Delta[];
  /** To be said aloud; empty when that goes without saying. */
  readonly why: string;
}

/** The notebook and cell whose output a mask came from. */
export interface Origin {
  readonly notebook: vscode.Uri;
  readonly cell: number;
}

/** A mask file as VS Code edits it: the history, what is known of the file, or why the file is no mask. */
export class MaskDocument implements vscode.CustomDocument {
  readonly #changed = new vscode.EventEmitter<DocumentChange>();
  readonly #reopened = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** The content is another one altogether: a refused file has become a mask. */
  readonly onDidReopen = this.#reopened.event;
  readonly origin: Origin | undefined;
  /** Run when the document is closed. */
  readonly disposables: vscode.Disposable[] = [this.#changed, this.#reopened];
  #state: { timeline: Timeline; counts: Counts } | { problem: string };
  /** Fills of the whole mask, the last one last. */
  recipes: readonly Recipe[];
  style: FileStyle | undefined;
  base: string | undefined;
  savedConnections: number | undefined;

  constructor(
    readonly uri: vscode.Uri,
    content: MaskContent | { readonly problem: string },
    origin?: Origin,
  ) {
    this.origin = origin;
    this.recipes = [];
    this.#state = 'problem' in content ? content : this.#take(content);
  }

  /** Why the file is no mask: then there is nothing to edit, and nothing is ever written. */
  get problem(): string | undefined {
    return 'problem' in this.#state ? this.#state.problem : undefined;
  }

  /** @throws Error with the reader's sentence when the file is no mask */
  get timeline(): Timeline {
    return this.#mask().timeline;
  }

  get counts(): Counts {
    return this.#mask().counts;
  }

  #mask(): { timeline: Timeline; counts: Counts } {
    if ('problem' in this.#state) throw new Error(this.#state.problem);
    return this.#state;
  }

  #take({ matrix, style, base, isSaved, recipes = [] }: MaskContent): { timeline: Timeline; counts: Counts } {
    const counts = new Counts(matrix);
    this.style = style;
    this.base = base;
    this.recipes = recipes;
    this.savedConnections = isSaved ? counts.connections : undefined;
    return { timeline: new Timeline(matrix, isSaved), counts };
  }

  /** A file that was none before can be read now, or is none any more. */
  reopen(content: MaskContent | { readonly problem: string }): void {
    this.#state = 'problem' in content ? content : this.#take(content);
    this.#reopened.fire();
  }

  /** Why the operation cannot be done, in a sentence. */
  problemOf(operation: Operation): string | undefined {
    const { matrix } = this.timeline;
    if (isOutside(matrix, operation)) return 'The mask has another shape by now.';
    if (operation.kind !== 'fill') return undefined;
    const { top, left, bottom, right } = operation.area ?? everything(matrix);
    return recipeProblem(operation.recipe, bottom - top + 1, right - left + 1);
  }

  /** Undefined when nothing changes. */
  edit(operation: Operation): Edit | undefined {
    const { matrix } = this.timeline;
    const edit = this.timeline.edit(operation);
    if (edit === undefined) return undefined;
    if (operation.kind === 'fill' && isEverything(matrix, operation.area ?? everything(matrix))) this.recipes = [...this.recipes.slice(-MAX_RECIPES), operation.recipe];
    this.#show([edit.delta], labelOf(operation));
    return edit;
  }

  undo(edit: Edit): void {
    this.#show(this.timeline.undo(edit), `Undone: ${labelOf(edit.operation)}`);
  }

  redo(edit: Edit): void {
    this.#show(this.timeline.redo(edit), `Redone: ${labelOf(edit.operation)}`);
  }

  markSaved(base: string, style: FileStyle | undefined): void {
    this.timeline.markSaved();
    this.base = base;
    this.style = style;
    this.savedConnections = this.counts.connections;
    this.#show([], 'Saved');
  }

  revert({ matrix, style }: { readonly matrix: BitMatrix; readonly style: FileStyle | undefined }, base: string): void {
    this.#followed(this.timeline.revert(matrix), style, base, 'Reverted to the file on disk');
  }

  follow({ matrix, style }: { readonly matrix: BitMatrix; readonly style: FileStyle | undefined }, base: string): void {
    this.#followed(this.timeline.follow(matrix), style, base, 'The file has changed on disk, and the mask follows it');
  }

  #followed(deltas: readonly Delta[], style: FileStyle | undefined, base: string, why: string): void {
    this.style = style;
    this.base = base;
    this.#show(deltas, why);
    this.savedConnections = this.counts.connections;
    this.#show([], '');
  }

  #show(deltas: readonly Delta[], why: string): void {
    this.#recount(deltas);
    this.#changed.fire({ deltas, why });
  }

  /** Flips are counted against the mask as it is after them, which it is when they come alone; else all is counted anew. */
  #recount(deltas: readonly Delta[]): void {
    const mask = this.#mask();
    const [delta, ...more] = deltas;
    if (delta === undefined) return;
    if (more.length === 0) mask.counts.update(mask.timeline.matrix, delta);
    else mask.counts = new Counts(mask.timeline.matrix);
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }
}

const MAX_RECIPES = 7;
