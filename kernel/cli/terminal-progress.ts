/** One line of a terminal that follows the cell that runs: how long it takes, and what it showed last. */
import type { Output } from '../protocol/messages.js';
import { runningLine } from './cell-line.js';
import type { CellReport } from './run-notebook.js';

const INTERVAL_MS = 200;
/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;
const ERASE_LINE = '\r\u001b[2K';

export interface Terminal {
  readonly columns?: number;
  write(text: string): unknown;
}

export class TerminalProgress {
  readonly #terminal: Terminal;
  #cell: (Pick<CellReport, 'number' | 'of' | 'source'> & { readonly started: number }) | undefined;
  #shown = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  start(cell: Pick<CellReport, 'number' | 'of' | 'source'>): void {
    this.#cell = { ...cell, started: performance.now() };
    this.#shown = '';
    this.#timer ??= setInterval(() => this.#draw(), INTERVAL_MS);
    this.#draw();
  }

  show(output: Output): void {
    this.#shown = lastLine(output) || this.#shown;
  }

  /** Takes the line back: something else is printed. It comes again while the cell runs. */
  clear(): void {
    if (this.#cell !== undefined) this.#terminal.write(ERASE_LINE);
  }

  /** The cell has ended. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.clear();
    this.#cell = undefined;
  }

  #draw(): void {
    if (this.#cell === undefined) return;
    const { started, ...cell } = this.#cell;
    const { columns = 0 } = this.#terminal;
    this.#terminal.write(`${ERASE_LINE}${runningLine({ ...cell, ms: performance.now() - started }, this.#shown, columns > 0 ? columns : USUAL_COLUMNS)}`);
  }
}

/** The last words of an output, as one line without control characters. */
export function lastLine({ content }: Output): string {
  const text: unknown = 'text' in content ? content.text : 'data' in content ? content.data['text/plain'] : '';
  if (typeof text !== 'string') return '';
  const plain = text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
  return plain.split(/[\r\n]+/).findLast((line) => line.trim() !== '')?.replace(/[\u0000-\u001f\u007f]/g, ' ').trim() ?? '';
}
