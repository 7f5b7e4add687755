import { StringDecoder } from 'node:string_decoder';

/** Cuts a byte stream into lines, passes each on, and remembers the last ones. */
export class LineTail {
  readonly #keep: number;
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #decoder = new StringDecoder('utf8');
  #lines: string[] = [];
  #rest = '';

  constructor(keep: number, onLine?: (line: string) => void) {
    this.#keep = keep;
    this.#onLine = onLine;
  }

  push(data: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(data)).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.note(line);
  }

  note(line: string): void {
    this.#onLine?.(line);
    if (this.#keep > 0 && line.trim() !== '') this.#lines = [...this.#lines, line].slice(-this.#keep);
  }

  /** The last lines, the unfinished one included. */
  last(): string[] {
    return this.#rest.trim() === '' ? this.#lines : [...this.#lines, this.#rest].slice(-this.#keep);
  }
}
