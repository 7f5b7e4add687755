/** Large files in their plain form, straight into bits. Anything else is left to the readers, which know every form and say what is wrong. */
import { shapeProblem } from '../../../kernel/model/files/csr.js';
import { readNpyHeader } from '../../../kernel/model/files/npy-header.js';
import { extensionOf } from '../../../kernel/model/files/read-mask-file.js';
import { BitMatrix, MAX_CELLS } from '../document/bit-matrix.js';

const COMMA = 44;
const LINE_FEED = 10;
const RETURN = 13;
const ZERO = 48;

/** @returns undefined for all that is not plain, or not right */
export function readQuickly(file: string, bytes: Uint8Array): BitMatrix | undefined {
  switch (extensionOf(file)) {
    case 'npy':
      return quickNpy(file, bytes);
    case 'csv':
      return quickCsv(bytes);
    case 'mtx':
      return quickMatrixMarket(bytes);
    default:
      return undefined;
  }
}

const isEditable = (inputs: number, outputs: number): boolean => shapeProblem(inputs, outputs) === undefined && inputs * outputs <= MAX_CELLS;

/** One byte an entry, in C order. */
function quickNpy(file: string, bytes: Uint8Array): BitMatrix | undefined {
  const header = headerOf(file, bytes);
  const [inputs = 0, outputs = 0, ...more] = header?.shape ?? [];
  if (header === undefined || more.length > 0 || header.fortranOrder || !/^[|<>=][biu]1$/.test(header.descr) || !isEditable(inputs, outputs)) return undefined;
  if (bytes.length - header.dataOffset !== inputs * outputs) return undefined;
  const matrix = new BitMatrix(inputs, outputs);
  let at = header.dataOffset;
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      const value = bytes[at++];
      if (value === 0) continue;
      if (value !== 1) return undefined;
      matrix.connect(i, j);
    }
  }
  return matrix;
}

function headerOf(file: string, bytes: Uint8Array): ReturnType<typeof readNpyHeader> | undefined {
  try {
    return readNpyHeader(file, bytes, (part) => new TextDecoder('latin1').decode(part));
  } catch {
    return undefined;
  }
}

/** Digits 0 and 1 with one comma between them, a line each row, all of one length. */
function quickCsv(bytes: Uint8Array): BitMatrix | undefined {
  const firstEnd = bytes.indexOf(LINE_FEED);
  if (firstEnd < 0) return undefined;
  const isReturn = bytes[firstEnd - 1] === RETURN;
  const outputs = (firstEnd - (isReturn ? 1 : 0) + 1) / 2;
  const lineLength = firstEnd + 1;
  const inputs = bytes.length / lineLength;
  if (!isEditable(inputs, outputs)) return undefined;
  const matrix = new BitMatrix(inputs, outputs);
  let at = 0;
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) {
      const digit = (bytes[at++] ?? 0) - ZERO;
      if (digit === 1) matrix.connect(i, j);
      else if (digit !== 0) return undefined;
      const separator = j + 1 < outputs ? COMMA : isReturn ? RETURN : LINE_FEED;
      if (bytes[at++] !== separator) return undefined;
    }
    if (isReturn && bytes[at++] !== LINE_FEED) return undefined;
  }
  return matrix;
}

const BANNER = '%%MatrixMarket matrix coordinate pattern general';

/** A pattern of coordinates, one a line, none twice. */
function quickMatrixMarket(bytes: Uint8Array): BitMatrix | undefined {
  const scan = new Scan(bytes);
  if (scan.line() !== BANNER) return undefined;
  let line = scan.line();
  while (line?.startsWith('%') === true) line = scan.line();
  const [, rows, columns, entries] = /^(\d+) (\d+) (\d+)$/.exec(line ?? '') ?? [];
  const [inputs, outputs, count] = [Number(rows), Number(columns), Number(entries)];
  if (!isEditable(inputs, outputs)) return undefined;
  const matrix = new BitMatrix(inputs, outputs);
  for (let k = 0; k < count; k++) {
    const i = scan.number(32) - 1;
    const j = scan.number(LINE_FEED) - 1;
    if (!(i >= 0 && i < inputs && j >= 0 && j < outputs) || matrix.has(i, j)) return undefined;
    matrix.connect(i, j);
  }
  return scan.isAtEnd ? matrix : undefined;
}

class Scan {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.length;
  }

  /** Up to the next line feed, which is passed; undefined without one. */
  line(): string | undefined {
    const end = this.bytes.indexOf(LINE_FEED, this.#at);
    if (end < 0) return undefined;
    const text = String.fromCharCode(...this.bytes.subarray(this.#at, Math.min(end, this.#at + 200)));
    this.#at = end + 1;
    return text;
  }

  /** Digits, and one character that ends them (the end of the file ends a line); NaN for anything else. */
  number(end: number): number {
    let value = 0;
    for (let digits = 0; digits <= 10; digits++) {
      const byte = this.bytes[this.#at++] ?? LINE_FEED;
      if (byte === end && digits > 0) return value;
      const digit = byte - ZERO;
      if (!(digit >= 0 && digit <= 9)) return NaN;
      value = 10 * value + digit;
    }
    return NaN;
  }
}
