import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError } from './json-syntax.js';
import { readJson } from './json.js';

const expected = { inputs: 3, outputs: 2, indptr: Uint32Array.of(0, 1, 2, 4), indices: Uint32Array.of(0, 1, 0, 1) };

describe('the forms of a mask in JSON', () => {
  it.each([
    ['rows of 0 and 1', [[1, 0], [0, 1], [1, 1]]],
    ['rows of true and false', [[true, false], [false, true], [true, true]]],
    ['edges', { shape: [3, 2], edges: [[2, 1], [0, 0], [1, 1], [2, 0]] }],
    ['rows and columns', { shape: [3, 2], rows: [0, 2, 1, 2], cols: [0, 1, 1, 0] }],
    ['CSR', { shape: [3, 2], indptr: [0, 1, 2, 4], indices: [0, 1, 0, 1] }],
    ['CSC', { shape: [3, 2], indptr: [0, 2, 4], indices: [0, 2, 1, 2], format: 'csc' }],
    ['unknown keys beside them', { note: 'mine', shape: [3, 2], indptr: [0, 1, 2, 4], indices: [0, 1, 0, 1] }],
  ])('%s', (_name, value) => {
    expect(readJson('m.json', JSON.stringify(value))).toEqual(expected);
  });
});

describe('what is refused, and where', () => {
  it.each([
    ['', 'm.json, line 1, column 1: the file ends where JSON needs value. Write rows'],
    ['[[1,0],\n [0,x]]', 'm.json, line 2, column 5: there is "x]]" where JSON needs value'],
    ['[[1,0] [0,1]]', 'line 1, column 8: there is "[0,1]]" where JSON needs , or ]'],
    ['42', 'm.json: the file holds "42", no mask'],
    ['[]', 'the number of rows (inputs) is 0'],
    ['[[1,0],[0]]', 'at [1]: the row has 1 entries, row 0 has 2'],
    ['[[1,0],"01"]', 'at [1]: the row is "\\"01\\"", not an array'],
    ['[[1,0],[0,2]]', 'at [1][1]: the entry is "2", neither 0 nor 1'],
    ['{"edges":[[0,0]]}', 'at shape: the shape is "nothing"'],
    ['{"shape":[2],"edges":[]}', 'at shape: the shape is "[2]"'],
    ['{"shape":[2,1e99],"edges":[]}', 'at shape: the number of columns (outputs) is 1e+99, more than'],
    ['{"shape":[2,2],"edges":[[0,0],[2,0]]}', 'at edges[1][0]: the index is "2", not a whole number from 0 to 1'],
    ['{"shape":[2,2],"edges":[[0,0],[1]]}', 'at edges[1]: the edge is "[1]". Write [input, output]'],
    ['{"shape":[2,2],"edges":[[0,0],[0,0]]}', 'at edges[1]: the connection [0, 0] stands in the file before'],
    ['{"shape":[2,2],"rows":[0],"cols":[]}', '0 columns for 1 rows'],
    ['{"shape":[2,2],"indptr":[0,1],"indices":[0]}', 'indptr has 2 entries, and csr of [2, 2] has 3'],
    ['{"shape":[2,2],"indptr":[0,2,1],"indices":[0]}', 'indptr[1]: the index is "2"'],
    ['{"shape":[3,1],"indptr":[0,2,1,2],"indices":[0,0]}', 'indptr[2]: 1 is less than the entry before it, 2'],
    ['{"shape":[2,2],"indptr":[0,1,1],"indices":[0],"format":"coo"}', 'the format is "\\"coo\\""'],
    ['{"shape":[2,2],"weights":[]}', 'the object has the keys "shape", "weights", and edges'],
  ])('%s', (text, message) => {
    expect(() => readJson('m.json', text)).toThrow(message);
  });
});

describe('findJsonError', () => {
  it('finds nothing in valid JSON, and something wherever JSON.parse finds something', () => {
    const texts = fc.oneof(fc.json(), fc.json().chain((text) => fc.nat(text.length).map((cut) => text.slice(0, cut))), fc.string({ unit: fc.constantFrom(...'[]{},:"01-.eE\\utrnl ') }));
    fc.assert(
      fc.property(texts, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(findJsonError(text) === undefined).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });
});
