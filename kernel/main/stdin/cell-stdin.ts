/**
 * `process.stdin` of a cell: whoever reads from it asks the person at the front end, a line at a time.
 *
 * The prompt is what the cell has printed on its last line, as on a terminal, or the question of a readline interface.
 */
import { Readable } from 'node:stream';
import type { ExecutionId } from '../../protocol/threads.js';
import type { Causes } from '../causes.js';
import type { Inputs } from './inputs.js';

const MAX_PROMPT_CHARS = 500;

export interface StdinEdges {
  readonly causes: Causes;
  readonly inputs: Inputs;
  /** The unfinished line that an execution has printed on stdout. */
  readonly printedLine: (execution: ExecutionId) => string;
}

export class CellStdin extends Readable {
  readonly fd = 0;
  /** What the next read asks, in place of the printed line. */
  question: string | undefined;
  /** Who wants to read: streams read in callbacks whose cause is not known. */
  #reader: ExecutionId = 0;
  /** A read waits until the stream is resumed. */
  #isOwed = false;
  readonly #edges: StdinEdges;

  constructor(edges: StdinEdges) {
    // Nothing is read ahead: that would be a question that nobody has asked for.
    super({ highWaterMark: 0, encoding: 'utf8' });
    this.#edges = edges;
    this.setMaxListeners(0);
  }

  /** The code that runs now is the one that reads. */
  readBy(execution: ExecutionId): void {
    if (execution !== 0) this.#reader = execution;
  }

  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    if (event === 'data' || event === 'readable') this.readBy(this.#edges.causes.current);
    super.on(event, listener as (...args: unknown[]) => void); // SAFETY: what `Readable` takes
    // An earlier cell may have paused it; this one reads.
    if (event === 'data') this.resume();
    return this;
  }

  /** A stream that was resumed and paused again reads once all the same: it is asked when it is resumed. */
  override _read(): void {
    this.#isOwed = this.isPaused() && this.listenerCount('readable') === 0;
    if (!this.#isOwed) this.#ask();
  }

  override resume(): this {
    super.resume();
    if (this.#isOwed) this.#ask();
    return this;
  }

  #ask(): void {
    this.#isOwed = false;
    const { causes, inputs, printedLine } = this.#edges;
    const reader = causes.current || this.#reader;
    const prompt = (this.question ?? printedLine(reader)).slice(-MAX_PROMPT_CHARS);
    inputs.ask(reader, prompt, false, () => this.#abandon()).then(
      (line) => causes.run(reader, () => void this.push(`${line}\n`)),
      (error: unknown) => causes.run(reader, () => void this.destroy(error instanceof Error ? error : new Error(String(error)))),
    );
  }

  /** The cell that waited was interrupted: nobody hears of this stream again, and the next cell gets a new one. */
  #abandon(): void {
    this.removeAllListeners();
    this.on('error', () => undefined);
    this.destroy();
  }
}
