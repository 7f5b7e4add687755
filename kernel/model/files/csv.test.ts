import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.js';

const expected = { inputs: 3, outputs: 2, indptr: Uint32Array.of(0, 1, 2, 4), indices: Uint32Array.of(0, 1, 0, 1) };

describe('what a table of 0 and 1 may look like', () => {
  it.each([
    ['commas', '1,0\n0,1\n1,1\n'],
    ['semicolons, spaces, CRLF, no last line end', '1; 0\r\n0; 1\r\n1; 1'],
    ['tabs', '1\t0\n0\t1\n1\t1'],
    ['spaces', '  1   0\n  0   1\n  1   1\n'],
    ['true and false', 'true,false\nFalse,True\nTRUE,true'],
    ['as numpy.savetxt writes it', '# mask\n1.000000000000000000e+00 0.000000000000000000e+00\n0.0 1.0\n1e0 1.\n'],
    ['one line of names', 'a,b\n1,0\n0,1\n1,1'],
    ['names in quotes', '"left","right"\n"1","0"\n"0","1"\n"1","1"'],
    ['as pandas writes it', ',0,1\n0,1,0\n1,0,1\n2,1,1\n'],
    ['byte order mark and blank lines', '\uFEFF1,0\n\n0,1\n1,1\n\n'],
  ])('%s', (_name, text) => {
    expect(readCsv('m.csv', text)).toEqual(expected);
  });

  it('takes a single column', () => {
    expect(readCsv('m.csv', '1\n0\n')).toEqual({ inputs: 2, outputs: 1, indptr: Uint32Array.of(0, 1, 1), indices: Uint32Array.of(0) });
  });
});

describe('what is refused, and where', () => {
  it.each([
    ['', 'm.csv: the file has no rows'],
    ['# nothing\n', 'the file has no rows'],
    ['a,b', 'm.csv, line 1, column 1: the entry is "a", neither 0 nor 1, and no line follows'],
    ['1,0\n0,2', 'm.csv, line 2, column 3: the entry is "2", neither 0 nor 1. A mask file holds 0 and 1 only'],
    ['1, 0\n0,  0.5', 'line 2, column 5: the entry is "0.5"'],
    ['0,1,2\n1,0,1', 'line 1, column 5: the entry is "2", neither 0 nor 1. A mask file holds 0 and 1 only; to connect'],
    ['1 0\n0 x', 'line 2, column 3: the entry is "x"'],
    ['1,0\n0,1,1', 'line 2: the line has 3 fields, line 1 has 2'],
    ['a,b\n1,0\n1,', 'line 3, column 3: the entry is "", neither 0 nor 1'],
    ['1,nan', 'line 1, column 3: the entry is "nan", neither 0 nor 1, and no line follows'],
  ])('%j', (text, message) => {
    expect(() => readCsv('m.csv', text)).toThrow(message);
  });
});
