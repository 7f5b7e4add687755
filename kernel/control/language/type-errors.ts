/**
 * Type errors of cells that ran. They neither stop a cell nor vanish: Jupyter clients get them on stderr of the cell, after it
 * is idle, so that no cell waits for them. An editor shows them itself; it can ask that a cell with errors is not run.
 */
import type { Diagnostic } from '../../protocol/language.js';
import type { ErrorContent, Header } from '../../protocol/messages.js';
import { typeErrorLines } from '../../protocol/type-errors.js';

export interface RanCell {
  readonly id: string;
  /** `Cell 3` */
  readonly label: string;
  readonly source: string;
  readonly header: Header;
}

export interface TypeErrorsEdges {
  readonly diagnostics: (id: string) => Promise<readonly Diagnostic[]>;
  readonly publish: (type: 'stream', content: object, parent: Header) => void;
  readonly isBusy: () => boolean;
}

/** A queue of cells runs undisturbed; but a cell that trains for an hour does not keep the errors of the one before it. */
const QUIET_MS = 20;
const PATIENCE_MS = 1_000;

export class TypeErrors {
  readonly #edges: TypeErrorsEdges;
  readonly #running = new Map<string, RanCell>();
  #waiting: RanCell[] = [];
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #asked: Promise<void> = Promise.resolve();

  constructor(edges: TypeErrorsEdges) {
    this.#edges = edges;
  }

  /** Cells whose errors are still to be told. */
  get pending(): readonly string[] {
    return [...this.#running.values(), ...this.#waiting].map(({ id }) => id);
  }

  started(cell: RanCell): void {
    this.#running.set(cell.header.msg_id, cell);
  }

  idle({ msg_id: id }: Header): void {
    const cell = this.#running.get(id);
    this.#running.delete(id);
    // Without a name there is nothing whose type could be wrong: no service starts for `1 + 1`.
    if (cell === undefined || !/[\p{ID_Start}$_]/u.test(cell.source)) return;
    if (this.#waiting.push(cell) === 1) this.#since = performance.now();
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#edges.isBusy() && performance.now() - this.#since < PATIENCE_MS) this.#later();
      else this.#asked = this.#asked.then(() => this.#ask());
    }, QUIET_MS);
    this.#timer.unref();
  }

  async #ask(): Promise<void> {
    for (let cell = this.#waiting[0]; cell !== undefined; cell = this.#waiting[0]) {
      const diagnostics = await this.#edges.diagnostics(cell.id).catch(() => []);
      this.#waiting.shift();
      const text = typeErrorLines(cell.label, diagnostics).join('\n');
      if (text !== '') this.#edges.publish('stream', { name: 'stderr', text: `${text}\n` }, cell.header);
    }
  }
}

/** The error of a cell that was not run; undefined when nothing is wrong with it. */
export function refusal(label: string, diagnostics: readonly Diagnostic[]): ErrorContent | undefined {
  const lines = typeErrorLines(label, diagnostics);
  if (lines.length === 0) return undefined;
  // Each line is short enough for editors that do not wrap what a cell says.
  const reason = `${label} was not run, because it has type errors.`;
  const remedy = 'Correct them, or set patchbay.typeErrors (PATCHBAY_TYPE_ERRORS) to "show" to run it all the same.';
  return { ename: 'TypeCheckError', evalue: `${reason} ${remedy}`, traceback: [`TypeCheckError: ${reason}`, ...lines, remedy] };
}
