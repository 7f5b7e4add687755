import type { MaskData } from '../mask-data.js';
import { csrFromDense, csrFromEdges, shapeProblem } from './csr.js';
import { at, MaskFileError, ONLY_0_AND_1, quoted } from './mask-file-error.js';

const BANNER = '%%MatrixMarket matrix coordinate pattern general';

interface Line {
  readonly number: number;
  /** As it stands in the file. */
  readonly text: string;
  readonly fields: readonly string[];
}

/** Where a line's field `k` begins; past the line's end when it has no such field. Counts from 1. */
function columnOf({ text }: Pick<Line, 'text'>, k: number): number {
  return ([...text.matchAll(/\S+/g)][k]?.index ?? text.trimEnd().length) + 1;
}

/**
 * Reads a Matrix Market file: coordinate or array; of every field and symmetry, as long as what it holds is 0 and 1. Rows are
 * inputs, columns are outputs; an entry written as 0 is no connection.
 *
 * Source: Boisvert, Pozo, Remington, "The Matrix Market Exchange Formats", NISTIR 5935 (1996).
 *
 * @throws MaskFileError with line and column, for anything else
 */
export function readMatrixMarket(file: string, text: string): MaskData {
  const fail = (line: number, column: number, problem: string, remedy: string): never => {
    throw new MaskFileError(file, at(line, column), problem, remedy);
  };
  const lines = text.split(/\r\n|\n|\r/);
  const { format, field, symmetry } = readBanner(lines[0] ?? '', fail);
  const data: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    if (index > 0 && trimmed !== '' && !trimmed.startsWith('%')) data.push({ number: index + 1, text: line, fields: trimmed.split(/\s+/) });
  }
  const [size, ...entries] = data;
  if (size === undefined) return fail(lines.length, (lines.at(-1)?.length ?? 0) + 1, 'the file ends before the line with its size', 'After the banner write a line such as "3 2 4": rows, columns, entries.');
  const wanted = format === 'coordinate' ? 3 : 2;
  const numbers = size.fields.map(Number);
  const [inputs = 0, outputs = 0, count = 0] = numbers;
  if (numbers.length !== wanted || numbers.some((value) => !Number.isInteger(value) || value < 0)) {
    fail(size.number, columnOf(size, 0), `the size is ${quoted(size.fields.join(' '))}, not ${wanted} whole numbers`, `Write rows, columns${wanted === 3 ? ' and the number of entries' : ''}.`);
  }
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) fail(size.number, columnOf(size, 0), problem, 'Check the line with the size.');
  const symmetric = symmetry !== 'general';
  const skew = symmetry === 'skew-symmetric';
  if (symmetric && inputs !== outputs) fail(size.number, columnOf(size, 0), `the file is ${symmetry} but has ${inputs} rows and ${outputs} columns`, 'Write "general" in the banner.');
  const expected = format === 'coordinate' ? count : symmetric ? (inputs * (inputs + (skew ? -1 : 1))) / 2 : inputs * outputs;
  if (entries.length !== expected) {
    const extra = entries[expected];
    fail(
      extra?.number ?? lines.length,
      extra === undefined ? (lines.at(-1)?.length ?? 0) + 1 : columnOf(extra, 0),
      `the file announces ${expected} entries and has ${entries.length}`,
      extra === undefined ? 'It may have been cut: write it again, or correct the line with the size.' : 'Correct the line with the size, or remove the entries beyond it.',
    );
  }
  return format === 'coordinate' ? readCoordinates() : readArray();

  function readCoordinates(): MaskData {
    const rows: number[] = [];
    const columns: number[] = [];
    const source: Line[] = [];
    for (const line of entries) {
      const fields = 2 + VALUES[field];
      if (line.fields.length !== fields) {
        fail(line.number, columnOf(line, fields), `an entry of a ${field} file has ${fields} fields, this one has ${line.fields.length}`, fields === 2 ? 'Write row and column.' : 'Write row, column and 0 or 1.');
      }
      const i = index(line, 0, inputs, 'row');
      const j = index(line, 1, outputs, 'column');
      if (field !== 'pattern' && !isOn(line, 2)) continue;
      rows.push(i);
      columns.push(j);
      source.push(line);
      if (symmetric && i !== j) {
        rows.push(j);
        columns.push(i);
        source.push(line);
      }
    }
    const result = csrFromEdges(inputs, outputs, Uint32Array.from(rows), Uint32Array.from(columns));
    if ('mask' in result) return result.mask;
    const line = source[result.duplicate];
    return fail(line?.number ?? 1, columnOf(line ?? { text: '' }, 0), `the entry ${line?.fields.slice(0, 2).join(' ') ?? ''} stands in the file before`, 'Remove one of the two: a connection is there or not.');
  }

  function index(line: Line, k: number, limit: number, name: string): number {
    const value = Number(line.fields[k]);
    if (Number.isInteger(value) && value >= 1 && value <= limit) return value - 1;
    return fail(line.number, columnOf(line, k), `the ${name} is ${quoted(line.fields[k] ?? '')}, not a whole number from 1 to ${limit}`, 'Rows and columns count from 1 in Matrix Market.');
  }

  /** The value at field `k`, and its imaginary part after it. */
  function isOn(line: Line, k: number): boolean {
    const text = line.fields.slice(k, k + VALUES[field]).join(' ');
    const [value, imaginary = 0] = text.split(' ').map((part) => (part === '' ? NaN : Number(part)));
    if (imaginary === 0 && (value === 0 || (value === 1 && !skew))) return value === 1;
    if (value === 1 && skew) fail(line.number, columnOf(line, k), 'the file is skew-symmetric, so the value across the diagonal from this 1 is -1', `${ONLY_0_AND_1}.`);
    return fail(line.number, columnOf(line, k), `the value is ${quoted(text)}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
  }

  /** Values column by column; of a symmetric matrix, each column from the diagonal down, of a skew-symmetric one from below it. */
  function readArray(): MaskData {
    const fields = VALUES[field];
    const on = entries.map((line) => (line.fields.length === fields ? isOn(line, 0) : fail(line.number, columnOf(line, fields), `${line.fields.length} values on a line`, `An array file of ${field} numbers has ${fields} a line.`)));
    const place = (i: number, j: number) => (symmetric ? j * inputs - (j * (j - 1)) / 2 + (i - j) : j * inputs + i);
    // Of a skew-symmetric mask all entries are 0.
    return csrFromDense(inputs, outputs, (i, j) => !skew && on[symmetric && j > i ? place(j, i) : place(i, j)] === true);
  }
}

/** Numbers an entry has. SciPy writes whole numbers without a sign as `unsigned-integer`; `double` is another word for real. */
const VALUES = { pattern: 0, integer: 1, 'unsigned-integer': 1, real: 1, double: 1, complex: 2 } as const;
const SYMMETRIES = ['general', 'symmetric', 'skew-symmetric', 'hermitian'] as const;

type Field = keyof typeof VALUES;
type Symmetry = (typeof SYMMETRIES)[number];

const isField = (word: string): word is Field => word in VALUES;

interface Banner {
  readonly format: 'coordinate' | 'array';
  readonly field: Field;
  readonly symmetry: Symmetry;
}

function readBanner(line: string, fail: (line: number, column: number, problem: string, remedy: string) => never): Banner {
  const words = { text: line };
  const [tag, object, format, field = '', symmetry = ''] = line.toLowerCase().trim().split(/\s+/);
  if (tag !== '%%matrixmarket' || object !== 'matrix') return fail(1, 1, `the first line is ${quoted(line)}, no Matrix Market banner`, `Begin the file with "${BANNER}".`);
  if (format !== 'coordinate' && format !== 'array') return fail(1, columnOf(words, 2), `the format is ${quoted(format ?? '')}`, 'Write "coordinate" or "array".');
  if (!isField(field)) return fail(1, columnOf(words, 3), `the field is ${quoted(field)}`, 'Write "pattern", "integer" or "real".');
  if (field === 'pattern' && format === 'array') return fail(1, columnOf(words, 2), 'an array file cannot be a pattern: it would hold no values', 'Write "array integer", or "coordinate pattern".');
  const known = SYMMETRIES.find((word) => word === symmetry);
  if (known === undefined) return fail(1, columnOf(words, 4), `the symmetry is ${quoted(symmetry)}`, 'Write "general" or "symmetric".');
  if (field === 'pattern' && known === 'skew-symmetric') return fail(1, columnOf(words, 4), 'a skew-symmetric pattern would hold a -1 for each 1', 'Write "general" or "symmetric".');
  return { format, field, symmetry: known };
}
