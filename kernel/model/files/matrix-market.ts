import type { MaskData } from '../mask-data.js';
import { csrFromDense, csrFromEdges, shapeProblem } from './csr.js';
import { at, MaskFileError, ONLY_0_AND_1, quoted } from './mask-file-error.js';

const BANNER = '%%MatrixMarket matrix coordinate pattern general';

interface Line {
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * Reads a Matrix Market file: coordinate or array; pattern, integer or real; general or symmetric. Rows are inputs,
 * columns are outputs; an entry written as 0 is no connection.
 *
 * Source: Boisvert, Pozo, Remington, "The Matrix Market Exchange Formats", NISTIR 5935 (1996).
 *
 * @throws MaskFileError with the line, for anything else
 */
export function readMatrixMarket(file: string, text: string): MaskData {
  const fail = (line: number, problem: string, remedy: string): never => {
    throw new MaskFileError(file, at(line), problem, remedy);
  };
  const lines = text.split(/\r\n|\n|\r/);
  const { format, field, symmetric } = readBanner(lines[0] ?? '', fail);
  const data: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    if (index > 0 && trimmed !== '' && !trimmed.startsWith('%')) data.push({ number: index + 1, fields: trimmed.split(/\s+/) });
  }
  const [size, ...entries] = data;
  if (size === undefined) return fail(lines.length, 'the file ends before the line with its size', 'After the banner write a line such as "3 2 4": rows, columns, entries.');
  const wanted = format === 'coordinate' ? 3 : 2;
  const numbers = size.fields.map(Number);
  const [inputs = 0, outputs = 0, count = 0] = numbers;
  if (numbers.length !== wanted || numbers.some((value) => !Number.isInteger(value) || value < 0)) {
    fail(size.number, `the size is ${quoted(size.fields.join(' '))}, not ${wanted} whole numbers`, `Write rows, columns${wanted === 3 ? ' and the number of entries' : ''}.`);
  }
  const problem = shapeProblem(inputs, outputs);
  if (problem !== undefined) fail(size.number, problem, 'Check the line with the size.');
  if (symmetric && inputs !== outputs) fail(size.number, `the file is symmetric but has ${inputs} rows and ${outputs} columns`, 'Write "general" in the banner.');
  const expected = format === 'coordinate' ? count : symmetric ? (inputs * (inputs + 1)) / 2 : inputs * outputs;
  if (entries.length !== expected) {
    const extra = entries[expected];
    fail(
      extra?.number ?? lines.length,
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
      const fields = field === 'pattern' ? 2 : 3;
      if (line.fields.length !== fields) {
        fail(line.number, `an entry of a ${field} file has ${fields} fields, this one has ${line.fields.length}`, fields === 2 ? 'Write row and column.' : 'Write row, column and 0 or 1.');
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
    return fail(line?.number ?? 1, `the entry ${line?.fields.slice(0, 2).join(' ') ?? ''} stands in the file before`, 'Remove one of the two: a connection is there or not.');
  }

  function index(line: Line, k: number, limit: number, name: string): number {
    const value = Number(line.fields[k]);
    if (Number.isInteger(value) && value >= 1 && value <= limit) return value - 1;
    return fail(line.number, `the ${name} is ${quoted(line.fields[k] ?? '')}, not a whole number from 1 to ${limit}`, 'Rows and columns count from 1 in Matrix Market.');
  }

  function isOn(line: Line, k: number): boolean {
    const text = line.fields[k] ?? '';
    const value = text === '' ? NaN : Number(text);
    if (value === 0 || value === 1) return value === 1;
    return fail(line.number, `the value is ${quoted(text)}, neither 0 nor 1`, `${ONLY_0_AND_1}.`);
  }

  /** Values column by column; of a symmetric matrix, each column from the diagonal down. */
  function readArray(): MaskData {
    const on = entries.map((line) => (line.fields.length === 1 ? isOn(line, 0) : fail(line.number, `${line.fields.length} values on a line`, 'An array file has one value a line.')));
    const place = (i: number, j: number) => (symmetric ? j * inputs - (j * (j - 1)) / 2 + (i - j) : j * inputs + i);
    return csrFromDense(inputs, outputs, (i, j) => on[symmetric && j > i ? place(j, i) : place(i, j)] === true);
  }
}

interface Banner {
  readonly format: 'coordinate' | 'array';
  readonly field: 'pattern' | 'integer' | 'real';
  readonly symmetric: boolean;
}

function readBanner(line: string, fail: (line: number, problem: string, remedy: string) => never): Banner {
  const [tag, object, format, field, symmetry] = line.toLowerCase().trim().split(/\s+/);
  if (tag !== '%%matrixmarket' || object !== 'matrix') return fail(1, `the first line is ${quoted(line)}, no Matrix Market banner`, `Begin the file with "${BANNER}".`);
  if (format !== 'coordinate' && format !== 'array') return fail(1, `the format is ${quoted(format ?? '')}`, 'Write "coordinate" or "array".');
  if (field !== 'pattern' && field !== 'integer' && field !== 'real') return fail(1, `the field is ${quoted(field ?? '')}`, 'Write "pattern", "integer" or "real".');
  if (field === 'pattern' && format === 'array') return fail(1, 'an array file cannot be a pattern: it would hold no values', 'Write "array integer", or "coordinate pattern".');
  if (symmetry !== 'general' && symmetry !== 'symmetric') return fail(1, `the symmetry is ${quoted(symmetry ?? '')}`, 'Write "general" or "symmetric".');
  return { format, field, symmetric: symmetry === 'symmetric' };
}
