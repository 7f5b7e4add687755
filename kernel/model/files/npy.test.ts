import { describe, expect, it } from 'vitest';
import { readNpy } from './npy.js';

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const read = (bytes: Uint8Array) => readNpy('m.npy', bytes, decode);

/** An `.npy` file as numpy.save writes it: the header padded with spaces to 64 bytes and ended by a line feed. */
function npy(descr: string, shape: string, data: Uint8Array, { version = 1, fortran = false } = {}): Uint8Array {
  const dictionary = `{'descr': ${descr.startsWith('[') ? descr : `'${descr}'`}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const lengthBytes = version === 1 ? 2 : 4;
  const header = `${dictionary.padEnd(127 - 8 - lengthBytes)}\n`;
  const bytes = new Uint8Array(8 + lengthBytes + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 8 + lengthBytes);
  bytes.set(data, 8 + lengthBytes + header.length);
  return bytes;
}

const ROWS = [1, 0, 0, 1, 1, 1];
const COLUMNS = [1, 0, 1, 0, 1, 1];
const expected = { inputs: 3, outputs: 2, indptr: Uint32Array.of(0, 1, 2, 4), indices: Uint32Array.of(0, 1, 0, 1) };

const write: Record<string, (view: DataView, offset: number, value: number, little: boolean) => void> = {
  b1: (view, offset, value) => view.setUint8(offset, value),
  i1: (view, offset, value) => view.setInt8(offset, value),
  u1: (view, offset, value) => view.setUint8(offset, value),
  i2: (view, offset, value, little) => view.setInt16(offset, value, little),
  u2: (view, offset, value, little) => view.setUint16(offset, value, little),
  i4: (view, offset, value, little) => view.setInt32(offset, value, little),
  u4: (view, offset, value, little) => view.setUint32(offset, value, little),
  i8: (view, offset, value, little) => view.setBigInt64(offset, BigInt(value), little),
  u8: (view, offset, value, little) => view.setBigUint64(offset, BigInt(value), little),
  f2: (view, offset, value, little) => view.setUint16(offset, value === 1 ? 0x3c00 : 0, little),
  f4: (view, offset, value, little) => view.setFloat32(offset, value, little),
  f8: (view, offset, value, little) => view.setFloat64(offset, value, little),
};

function values(type: string, little: boolean, list: readonly number[]): Uint8Array {
  const size = Number(type.slice(1));
  const bytes = new Uint8Array(size * list.length);
  const view = new DataView(bytes.buffer);
  list.forEach((value, index) => write[type]?.(view, index * size, value, little));
  return bytes;
}

describe('every type numpy has for 0 and 1', () => {
  const cases = Object.keys(write).flatMap((type) => (type.endsWith('1') ? ['|'] : ['<', '>']).map((order) => [`${order}${type}`, type, order === '<'] as const));
  it.each(cases)('%s', (descr, type, little) => {
    expect(read(npy(descr, '(3, 2)', values(type, little, ROWS)))).toEqual(expected);
  });

  it('reads Fortran order', () => {
    expect(read(npy('<f8', '(3, 2)', values('f8', true, COLUMNS), { fortran: true }))).toEqual(expected);
  });

  it.each([2, 3])('reads version %d', (version) => {
    expect(read(npy('|b1', '(3, 2)', Uint8Array.from(ROWS), { version }))).toEqual(expected);
  });

  it('reads bytes that lie inside a larger buffer', () => {
    const whole = npy('<i4', '(3, 2)', values('i4', true, ROWS));
    const larger = new Uint8Array(whole.byteLength + 7);
    larger.set(whole, 5);
    expect(read(larger.subarray(5, 5 + whole.byteLength))).toEqual(expected);
  });
});

describe('what is refused, and where', () => {
  const good = npy('|b1', '(3, 2)', Uint8Array.from(ROWS));
  it.each([
    ['another file', new TextEncoder().encode('PK\u0003\u0004'), 'm.npy, byte 0: the file does not begin as an .npy file does'],
    ['an empty file', new Uint8Array(0), 'byte 0'],
    ['version 9', Uint8Array.from([...good.subarray(0, 6), 9, ...good.subarray(7)]), "byte 6: the format's version is 9"],
    ['a cut header', good.subarray(0, 40), 'byte 40: the file ends inside its header of 118 bytes'],
    ['cut values', good.subarray(0, good.byteLength - 2), '4 bytes of values, and (3, 2) of |b1 takes 6'],
    ['one dimension', npy('|b1', '(6,)', Uint8Array.from(ROWS)), 'the shape is (6), and a mask has 2 dimensions'],
    ['an empty side', npy('|b1', '(0, 3)', new Uint8Array(0)), 'the number of rows (inputs) is 0'],
    ['a side beyond reason', npy('|b1', '(0, 99999999999)', new Uint8Array(0)), 'in the header'],
    ['Python objects', npy('|O', '(3, 2)', Uint8Array.from(ROWS)), 'Python objects, which are never read'],
    ['complex numbers', npy('<c16', '(3, 2)', Uint8Array.from(ROWS)), 'values of type "<c16"'],
    ['named fields', npy("[('a', '<f8')]", '(3, 2)', Uint8Array.from(ROWS)), 'the array has named fields'],
    ['a weight', npy('<f4', '(1, 2)', new Uint8Array(Float32Array.of(1, 0.5).buffer)), 'byte 132: the entry [0, 1] is 0.5, neither 0 nor 1'],
    ['not a number', npy('<f4', '(1, 1)', new Uint8Array(Float32Array.of(NaN).buffer)), 'the entry [0, 0] is NaN'],
  ])('%s', (_name, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });
});
