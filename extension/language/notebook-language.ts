/**
 * One notebook's side of the language protocol: what the kernel has been told of its cells, and questions about them. It begins
 * with the first edit or question; a kernel that starts anew is told everything again.
 */
import type { CellText, LanguageMethod, LanguageParams, LanguageReply, LanguageResult, NotebookChange, TextEdit } from '../../kernel/protocol/language.js';
import { cellChanges } from './cell-changes.js';

export interface NotebookLanguageEdges {
  /** Starts a kernel that runs nothing. Later changes of it are told by {@link NotebookLanguage.kernelChanged}. */
  start(): void;
  /** Another number for each process that is ready; undefined while none is. */
  session(): number | undefined;
  /** The kernel did not start, or it ended. */
  isDead(): boolean;
  send<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, id?: string): Promise<LanguageReply<Method>>;
  cancel(id: string): void;
  /** The notebook's cells as they are now. */
  cells(): readonly CellText[];
  /** What was said to be wrong in cells does not count any more. */
  forgetDiagnostics(): void;
  log(line: string): void;
  now(): number;
}

/** Of VS Code's CancellationToken. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): unknown };
}

const isCancelled = (token: Cancellation | undefined): boolean => token?.isCancellationRequested === true;

/** The service understood the question and says why there is no answer. */
export class LanguageError extends Error {
  override readonly name = 'LanguageError';
}

/** A kernel that dies is not started again by every key that is pressed. */
const START_AGAIN_MS = 10_000;

export class NotebookLanguage {
  readonly #edges: NotebookLanguageEdges;
  #isWanted = false;
  /** The kernel process that has been told of the cells. */
  #session: number | undefined;
  /** Ids of the cells that it knows, in order. */
  #known: string[] = [];
  #waiting: (() => void)[] = [];
  #startedAt = -Infinity;
  #lastRequest = 0;

  constructor(edges: NotebookLanguageEdges) {
    this.#edges = edges;
  }

  /** Whether the kernel has the cells. */
  get isOpen(): boolean {
    return this.#session !== undefined && this.#session === this.#edges.session();
  }

  /** The first need: from now on a kernel has the cells. */
  want(): void {
    this.#isWanted = true;
    this.kernelChanged();
    const now = this.#edges.now();
    if (this.isOpen || this.#edges.session() !== undefined || now - this.#startedAt < START_AGAIN_MS) return;
    this.#startedAt = now;
    this.#edges.start();
  }

  /** The kernel started, ended, or did not start. */
  kernelChanged(): void {
    const session = this.#edges.session();
    if (session !== this.#session && this.#session !== undefined) {
      this.#session = undefined;
      this.#edges.forgetDiagnostics();
    }
    if (session !== undefined && this.#isWanted && this.#session === undefined) this.#open(session);
    if (this.isOpen || (session === undefined && this.#edges.isDead())) this.#release();
  }

  /** Cells were added, removed or moved, or became code of another language. */
  cellsChanged(): void {
    if (!this.isOpen) return;
    const cells = this.#edges.cells();
    const changes = cellChanges(this.#known, cells);
    if (changes.length === 0) return;
    this.#known = cells.map(({ id }) => id);
    this.#change(changes);
  }

  /** A cell's text was edited. The kernel hears of it at once: questions about the new text may follow. */
  textChanged(cell: string, edits: readonly TextEdit[]): void {
    if (!this.isOpen) return this.want();
    if (edits.length > 0 && this.#known.includes(cell)) this.#change([{ type: 'edit', cell, edits }]);
  }

  /**
   * Asks, and starts a kernel for it if there is none.
   *
   * @returns undefined when it was cancelled, or no kernel can be had
   * @throws LanguageError when the service refuses
   */
  async ask<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, token?: Cancellation): Promise<LanguageResult<Method> | undefined> {
    this.want();
    if (!this.isOpen && !this.#edges.isDead()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.askIfOpen(method, params, token);
  }

  /** Asks only a kernel that has the cells: VS Code puts some questions by itself, and reading a notebook starts no process. */
  async askIfOpen<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, token?: Cancellation): Promise<LanguageResult<Method> | undefined> {
    if (!this.isOpen || isCancelled(token)) return undefined;
    const id = String(++this.#lastRequest);
    const listener = token?.onCancellationRequested(() => this.#edges.cancel(id));
    try {
      const reply = await this.#edges.send(method, params, id).catch(() => undefined); // the kernel ended, which others tell
      if (reply?.status === 'error') throw new LanguageError(reply.evalue);
      return reply?.status === 'ok' && !isCancelled(token) ? reply.result : undefined;
    } finally {
      listener?.dispose();
    }
  }

  dispose(): void {
    this.#isWanted = false;
    this.#session = undefined;
    this.#release();
    this.#edges.forgetDiagnostics();
  }

  #open(session: number): void {
    const cells = this.#edges.cells();
    this.#session = session;
    this.#known = cells.map(({ id }) => id);
    this.#tell('notebook/open', { cells }, () => undefined);
  }

  #change(changes: readonly NotebookChange[]): void {
    const session = this.#session;
    this.#tell('notebook/change', { changes }, () => {
      // The kernel has other cells than we think: it gets all of them.
      if (session !== undefined && this.isOpen && session === this.#session) this.#open(session);
    });
  }

  #tell<Method extends 'notebook/open' | 'notebook/change'>(method: Method, params: LanguageParams<Method>, onRefused: () => void): void {
    this.#edges.send(method, params).then(
      (reply) => {
        if (reply.status !== 'error') return;
        this.#edges.log(`the language service refused ${method}: ${reply.evalue}`);
        onRefused();
      },
      () => undefined, // the kernel ended
    );
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
