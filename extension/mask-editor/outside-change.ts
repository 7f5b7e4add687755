/** A mask file that another program writes while it is open here. */
import * as vscode from 'vscode';
import { reasonOf } from '../errors/catalogue.js';
import { FileWatch } from '../places/file-watch.js';
import { nameOf } from '../places/uri.js';
import { bytesIfThere, fingerprint } from './disk.js';
import { bitCount, type BitMatrix } from './document/bit-matrix.js';
import type { MaskFiles, ReadMask } from './files/mask-files.js';
import type { MaskDocument } from './mask-document.js';

const SETTLE_MS = 150;
const KEEP = 'Keep Mine';
const LOAD = 'Load Theirs';

export interface OutsideChangeActions {
  readonly files: MaskFiles;
  /** Reverts the document as the user would. */
  readonly revert: () => Promise<void>;
  readonly fail: (error: unknown) => void;
}

/** Follows the file: silently while nothing is unsaved, else it asks. Nothing is overwritten on either side without a word. */
export class OutsideChange implements vscode.Disposable {
  readonly #document: MaskDocument;
  readonly #actions: OutsideChangeActions;
  readonly #watch: FileWatch;
  #isAsking = false;

  constructor(document: MaskDocument, actions: OutsideChangeActions) {
    this.#document = document;
    this.#actions = actions;
    this.#watch = new FileWatch(document.uri, SETTLE_MS, () => void this.#look().catch((error: unknown) => this.#actions.fail(error)));
  }

  /** Looks at the file once it is quiet. */
  look(): void {
    this.#watch.changed();
  }

  dispose(): void {
    this.#watch.dispose();
  }

  async #look(): Promise<void> {
    if (this.#isAsking) return;
    const { uri, problem } = this.#document;
    const bytes = await bytesIfThere(uri);
    if (bytes === undefined) return;
    const base = fingerprint(bytes);
    if (base === this.#document.base && problem === undefined) return;
    const theirs = await this.#actions.files.read(nameOf(uri), bytes).catch((error: unknown) => ({ problem: reasonOf(error) }));
    if ('problem' in theirs) return this.#unreadable(theirs.problem);
    if (problem !== undefined) return this.#document.reopen({ ...theirs, base, isSaved: true });
    const { timeline } = this.#document;
    if (timeline.matrix.equals(theirs.matrix)) this.#document.base = base;
    else if (timeline.isDirty) await this.#ask(theirs, base);
    else this.#document.follow(theirs, base);
  }

  #unreadable(problem: string): void {
    if (this.#document.problem === undefined) void vscode.window.showWarningMessage(`${problem} The editor keeps the mask as it was; saving it replaces the file.`);
    else this.#document.reopen({ problem });
  }

  async #ask(theirs: ReadMask, base: string): Promise<void> {
    this.#isAsking = true;
    const { uri, timeline } = this.#document;
    const answer = await vscode.window.showWarningMessage(`${nameOf(uri)} has changed on disk, and has unsaved edits here. ${compared(timeline.matrix, theirs.matrix)}`, KEEP, LOAD).then(
      (choice) => choice,
      () => undefined,
    );
    this.#isAsking = false;
    if (answer === LOAD) await this.#actions.revert();
    else if (answer === KEEP) this.#document.base = base;
    // The file may have changed again while the question stood there. Without an answer, saving asks.
    if (answer !== undefined) this.look();
  }
}

/** What differs, in numbers. */
export function compared(mine: BitMatrix, theirs: BitMatrix): string {
  const count = ({ words }: BitMatrix): number => words.reduce((sum, word) => sum + bitCount(word), 0);
  if (!mine.hasShapeOf(theirs)) return `Here it is ${mine.inputs} × ${mine.outputs} with ${count(mine)} connections, on disk ${theirs.inputs} × ${theirs.outputs} with ${count(theirs)}.`;
  const differing = mine.words.reduce((sum, word, at) => sum + bitCount(word ^ (theirs.words[at] ?? 0)), 0);
  return `Here it has ${count(mine)} connections, on disk ${count(theirs)}; ${differing} ${differing === 1 ? 'cell differs' : 'cells differ'}.`;
}
