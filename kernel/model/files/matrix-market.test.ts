import { describe, expect, it } from 'vitest';
import { maskSentence } from '../mask-data.js';
import { readMatrixMarket } from './matrix-market.js';

const read = (...lines: string[]) => readMatrixMarket('m.mtx', lines.join('\n'));
const coordinate = (field: string, ...rest: string[]) => read(`%%MatrixMarket matrix coordinate ${field}`, ...rest);
const dense = (...rows: string[]) => rows;
const drawing = (mask: ReturnType<typeof read>) =>
  Array.from({ length: mask.inputs }, (_, i) => {
    const row = mask.indices.subarray(mask.indptr[i], mask.indptr[i + 1]);
    return Array.from({ length: mask.outputs }, (_, j) => (row.includes(j) ? 'X' : '.')).join('');
  });

describe('what Matrix Market allows', () => {
  it.each([
    ['pattern', coordinate('pattern general', '% a comment', '3 2 4', '1 1', '2 2', '', '3 2', '3 1'), dense('X.', '.X', 'XX')],
    ['integer, with a written 0', coordinate('integer general', '2 2 3', '1 1 1', '1 2 0', '2 2 1'), dense('X.', '.X')],
    ['real, as SciPy writes ones', coordinate('real general', '2 2 2', '1 2 1.0000000000000000e+00', '2 1 1e0'), dense('.X', 'X.')],
    ['symmetric', coordinate('pattern symmetric', '3 3 3', '1 1', '2 1', '3 2'), dense('XX.', 'X.X', '.X.')],
    ['array, column by column', read('%%MatrixMarket matrix array integer general', '3 2', '1', '0', '1', '0', '1', '1'), dense('X.', '.X', 'XX')],
    ['symmetric array', read('%%MatrixMarket matrix array real symmetric', '3 3', '1', '0', '1', '0', '1.0', '1'), dense('X.X', '..X', 'XXX')],
    ['whole numbers without a sign, as SciPy calls them', coordinate('unsigned-integer general', '1 2 1', '1 2 1'), dense('.X')],
    ['double', coordinate('double symmetric', '2 2 1', '2 1 1.0'), dense('.X', 'X.')],
    ['complex without imaginary parts', coordinate('complex hermitian', '2 2 2', '1 1 1 0', '2 1 1.0 -0.0'), dense('XX', 'X.')],
    ['complex array', read('%%MatrixMarket matrix array complex general', '2 1', '1 0', '0 0'), dense('X', '.')],
    ['skew-symmetric zeros', coordinate('real skew-symmetric', '2 2 1', '2 1 0'), dense('..', '..')],
    ['skew-symmetric array, from below the diagonal', read('%%MatrixMarket matrix array real skew-symmetric', '3 3', '0', '0', '-0'), dense('...', '...', '...')],
    ['other case, CRLF', readMatrixMarket('m.mtx', '%%matrixmarket MATRIX Coordinate Pattern General\r\n1 1 1\r\n1 1\r\n'), dense('X')],
    ['no connection at all', coordinate('pattern general', '2 3 0'), dense('...', '...')],
  ])('%s', (_name, mask, expected) => {
    expect(drawing(mask)).toEqual(expected);
  });

  it('counts an off-diagonal entry of a symmetric file twice', () => {
    expect(maskSentence(coordinate('pattern symmetric', '2 2 1', '2 1'))).toBe('2×2 mask: 2 of 4 connected (50.0 %)');
  });
});

describe('what is refused, and where', () => {
  it.each([
    ['no banner', () => read('3 2 4'), 'm.mtx, line 1, column 1: the first line is "3 2 4", no Matrix Market banner. Begin'],
    ['an unknown field', () => coordinate('quaternion general', '1 1 1'), 'line 1, column 34: the field is "quaternion"'],
    ['an unknown symmetry', () => coordinate('real upper', '1 1 1'), 'line 1, column 39: the symmetry is "upper"'],
    ['an imaginary part', () => coordinate('complex general', '1 1 1', '1 1 1 0.5'), 'line 3, column 5: the value is "1 0.5", neither 0 nor 1'],
    ['a missing imaginary part', () => coordinate('complex general', '1 1 1', '1 1 1'), 'an entry of a complex file has 4 fields, this one has 3'],
    ['a 1 of a skew-symmetric file', () => coordinate('real skew-symmetric', '2 2 1', '2 1 1'), 'line 3, column 5: the file is skew-symmetric, so the value across the diagonal from this 1 is -1'],
    ['a skew-symmetric pattern', () => coordinate('pattern skew-symmetric', '2 2 0'), 'line 1, column 42: a skew-symmetric pattern would hold a -1 for each 1'],
    ['no size', () => coordinate('pattern general', '% only a comment'), 'line 2, column 17: the file ends before the line with its size'],
    ['a size of two numbers', () => coordinate('pattern general', '3 2', '1 1'), 'line 2, column 1: the size is "3 2", not 3 whole numbers'],
    ['a size beyond reason', () => coordinate('pattern general', '4000000000 2 0'), 'line 2, column 1: the number of rows (inputs) is 4000000000'],
    ['symmetric but not square', () => coordinate('pattern symmetric', '3 2 0'), 'line 2, column 1: the file is symmetric but has 3 rows and 2 columns'],
    ['fewer entries than announced', () => coordinate('pattern general', '3 2 4', '1 1'), 'announces 4 entries and has 1. It may have been cut'],
    ['more entries than announced', () => coordinate('pattern general', '3 2 1', '1 1', '2 2'), 'line 4, column 1: the file announces 1 entries and has 2'],
    ['an index from 0', () => coordinate('pattern general', '3 2 1', '0 1'), 'line 3, column 1: the row is "0", not a whole number from 1 to 3. Rows and columns count from 1'],
    ['an index too large', () => coordinate('pattern general', '3 2 1', '3 3'), 'line 3, column 3: the column is "3", not a whole number from 1 to 2'],
    ['a weight', () => coordinate('real general', '3 2 1', '3 2 0.5'), 'line 3, column 5: the value is "0.5", neither 0 nor 1'],
    ['a missing value', () => coordinate('real general', '3 2 1', '3 2'), 'an entry of a real file has 3 fields, this one has 2'],
    ['a repeated entry', () => coordinate('pattern general', '3 2 3', '1 1', '2 2', '1 1'), 'line 5, column 1: the entry 1 1 stands in the file before'],
    ['both halves of a symmetric file', () => coordinate('pattern symmetric', '2 2 2', '2 1', '1 2'), 'line 4, column 1: the entry 1 2 stands in the file before'],
    ['an array pattern', () => read('%%MatrixMarket matrix array pattern general', '1 1', '1'), 'line 1, column 23: an array file cannot be a pattern'],
  ])('%s', (_name, attempt, message) => {
    expect(attempt).toThrow(message);
  });
});
