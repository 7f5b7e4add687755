import { MaskFileError, quoted } from './mask-file-error.js';

export interface NpyHeader {
  /** numpy's type string, e.g. `|b1` or `<f8`. */
  readonly descr: string;
  /** True: column by column (Fortran order). */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the values begin, in bytes. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads the header of an `.npy` file, versions 1 to 3.
 *
 * Source: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws MaskFileError with the byte
 */
export function readNpyHeader(file: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): NpyHeader {
  const fail = (byte: number, problem: string, remedy = 'Write it again with numpy.save.'): never => {
    throw new MaskFileError(file, `byte ${byte}`, problem, remedy);
  };
  const wrong = MAGIC.findIndex((value, index) => bytes[index] !== value);
  if (wrong >= 0) fail(wrong, 'the file does not begin as an .npy file does (\\x93NUMPY)');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = bytes[6] ?? 0;
  if (major < 1 || major > 3) fail(6, `the format's version is ${major}, and versions 1 to 3 are known`);
  const lengthBytes = major === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (bytes.byteLength < start) fail(bytes.byteLength, 'the file ends inside its header');
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (bytes.byteLength < start + length) fail(bytes.byteLength, `the file ends inside its header of ${length} bytes`);
  const text = decodeText(bytes.subarray(start, start + length)).trim();
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
  if (descr === undefined && /'descr'\s*:\s*\[/.test(text)) fail(start, 'the array has named fields', 'Save one field of it: a plain 2-D array of 0 and 1.');
  if (descr === undefined || order === undefined || shape === undefined) return fail(start, `the header is ${quoted(text)}, without descr, fortran_order and shape`);
  const sides = shape.split(',').map((side) => side.trim().replace(/L$/, '')).filter((side) => side !== '');
  return { descr, fortranOrder: order === 'True', shape: sides.map(Number), dataOffset: start + length };
}
