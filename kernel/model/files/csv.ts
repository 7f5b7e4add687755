import type { MaskData } from '../mask-data.js';
import { csrFromDense, shapeProblem } from './csr.js';
import { at, MaskFileError, ONLY_0_AND_1, quoted } from './mask-file-error.js';

interface Field {
  readonly text: string;
  readonly column: number;
}

interface Row {
  readonly line: number;
  readonly fields: readonly Field[];
}

/**
 * Reads a dense 0/1 matrix: one row per input; fields apart by comma, semicolon, tab or spaces; 0, 1, true, false or a
 * number equal to them. Lines that begin with `#` and blank lines are passed over, and so is one line of names at the top;
 * when its first name is empty (as pandas writes it), the first column holds row labels and is passed over too.
 *
 * @throws MaskFileError with line and column
 */
export function readCsv(file: string, text: string): MaskData {
  const rows = readRows(text);
  const first = rows[0];
  if (first === undefined) throw new MaskFileError(file, '', 'the file has no rows', 'Write one line of 0 and 1 per input.');
  const header = first.fields.some(({ text: field }) => entry(field) === undefined && !isNumber(field)) ? first : undefined;
  const labelled = header !== undefined && header.fields.length > 1 && header.fields[0]?.text === '';
  const body = header === undefined ? rows : rows.slice(1);
  const width = first.fields.length;
  if (body.length === 0) {
    const bad = first.fields.find(({ text: field }) => entry(field) === undefined);
    throw new MaskFileError(file, at(first.line, bad?.column), `the entry is ${quoted(bad?.text ?? '')}, neither 0 nor 1, and no line follows`, 'Write one line of 0 and 1 per input.');
  }
  const on = body.map(({ line, fields }) => {
    if (fields.length !== width) {
      throw new MaskFileError(file, at(line), `the line has ${fields.length} fields, line ${first.line} has ${width}`, 'Give every row as many fields as the mask has outputs.');
    }
    return (labelled ? fields.slice(1) : fields).map(({ text: field, column }) => {
      const value = entry(field);
      if (value !== undefined) return value;
      const isFirst = line === first.line;
      throw new MaskFileError(file, at(line, column), `the entry is ${quoted(field)}, neither 0 nor 1`, isFirst ? `${ONLY_0_AND_1}. If this line holds names, write them so that they are no numbers.` : `${ONLY_0_AND_1}.`);
    });
  });
  const outputs = labelled ? width - 1 : width;
  const problem = shapeProblem(on.length, outputs);
  if (problem !== undefined) throw new MaskFileError(file, '', problem, 'Use a .mtx file for a mask of this size.');
  return csrFromDense(on.length, outputs, (i, j) => on[i]?.[j] === true);
}

function readRows(text: string): Row[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const isData = (line: string) => line.trim() !== '' && !line.trimStart().startsWith('#');
  const sample = lines.find(isData) ?? '';
  const delimiter = [';', ',', '\t'].find((candidate) => sample.includes(candidate)) ?? ' ';
  return lines.flatMap((line, index) => (isData(line) ? [{ line: index + 1, fields: fieldsOf(line, delimiter) }] : []));
}

function fieldsOf(line: string, delimiter: string): Field[] {
  if (delimiter === ' ') return [...line.matchAll(/\S+/g)].map((match) => ({ text: unquoted(match[0]), column: (match.index ?? 0) + 1 }));
  let start = 0;
  return line.split(delimiter).map((raw) => {
    const column = start + (raw.length - raw.trimStart().length) + 1;
    start += raw.length + 1;
    return { text: unquoted(raw.trim()), column };
  });
}

const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1]?.trim() ?? text;

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

function entry(text: string): boolean | undefined {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  if (!isNumber(text)) return undefined;
  const value = Number(text);
  return value === 1 ? true : value === 0 ? false : undefined;
}
