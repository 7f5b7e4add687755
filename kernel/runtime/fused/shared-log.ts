/**
 * Rows of numbers that the trainer's thread writes and another one reads while it goes on: the losses of steps, the figures of
 * epochs. They lie in shared memory by chunks; a chunk that is full is sent as a message, so neither waits for the other.
 */

const COUNT = 0;
const CHUNKS = 1;
/** Bytes before the numbers. */
const HEAD = 64;

export const logBytes = (width: number, rows: number): number => HEAD + width * rows * 8;

export interface LogPlace {
  readonly at: number;
  /** Numbers a row. */
  readonly width: number;
  /** Rows of a chunk. */
  readonly rows: number;
}

/** The writer's end. */
export class LogWriter {
  readonly #head: Int32Array;
  readonly #values: Float64Array;
  readonly #place: LogPlace;
  readonly #send: (rows: Float64Array) => void;
  #count = 0;

  constructor(buffer: SharedArrayBuffer, place: LogPlace, send: (rows: Float64Array) => void) {
    this.#place = place;
    this.#send = send;
    this.#head = new Int32Array(buffer, place.at, 2);
    this.#values = new Float64Array(buffer, place.at + HEAD, place.width * place.rows);
    this.#head.fill(0);
  }

  /** Adds a row of one number. */
  add(value: number): void {
    this.#values[this.#count] = value;
    this.#next();
  }

  addRow(values: ArrayLike<number>): void {
    const { width } = this.#place;
    for (let k = 0; k < width; k++) this.#values[this.#count * width + k] = values[k] ?? NaN;
    this.#next();
  }

  /** Sends what is there. */
  flush(): void {
    if (this.#count === 0) return;
    const rows = this.#values.slice(0, this.#count * this.#place.width);
    this.#count = 0;
    Atomics.add(this.#head, CHUNKS, 1);
    Atomics.store(this.#head, COUNT, 0);
    this.#send(rows);
  }

  #next(): void {
    this.#count++;
    Atomics.store(this.#head, COUNT, this.#count);
    if (this.#count === this.#place.rows) this.flush();
  }
}

/** The reader's end: every row once, whether it is taken from the chunk that is being filled or comes with the chunk as a message. */
export class LogReader {
  readonly #head: Int32Array;
  readonly #values: Float64Array;
  readonly #width: number;
  #chunks = 0;
  /** Rows of the present chunk that were taken before it came. */
  #taken = 0;

  constructor(buffer: SharedArrayBuffer, { at, width, rows }: LogPlace) {
    this.#width = width;
    this.#head = new Int32Array(buffer, at, 2);
    this.#values = new Float64Array(buffer, at + HEAD, width * rows);
    this.#head.fill(0);
  }

  /** Of a chunk that has come as a message, the rows that were not taken before. */
  rest(chunk: Float64Array): Float64Array {
    const rows = chunk.subarray(this.#taken * this.#width);
    this.#chunks++;
    this.#taken = 0;
    return rows;
  }

  /** New rows of the chunk that is being filled; none when one is on its way. */
  take(): Float64Array {
    if (Atomics.load(this.#head, CHUNKS) !== this.#chunks) return new Float64Array();
    const count = Atomics.load(this.#head, COUNT);
    const rows = this.#values.slice(this.#taken * this.#width, count * this.#width);
    // The writer may have begun the next chunk meanwhile.
    if (Atomics.load(this.#head, CHUNKS) !== this.#chunks) return new Float64Array();
    this.#taken = count;
    return rows;
  }
}
