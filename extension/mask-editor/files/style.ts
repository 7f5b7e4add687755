/** How a file writes its mask beyond 0 and 1: what a person put there stays when the mask is saved. */
import { readNpyHeader } from '../../../kernel/model/files/npy-header.js';
import { extensionOf } from '../../../kernel/model/files/read-mask-file.js';

export interface CsvStyle {
  readonly kind: 'csv';
  readonly delimiter: string;
  readonly eol: string;
  /** Comments at the top and the line of names, as they are. */
  readonly head: readonly string[];
  /** The first field of each row, as it is, where rows have labels. */
  readonly labels: readonly string[] | undefined;
  readonly off: string;
  readonly on: string;
}

export interface MatrixMarketStyle {
  readonly kind: 'mtx';
  readonly isArray: boolean;
  /** `pattern`, `integer`, `real`… */
  readonly field: string;
  /** Lines that begin with %. */
  readonly comments: readonly string[];
}

export interface NpyStyle {
  readonly kind: 'npy';
  /** E.g. `<f4`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
}

export type FileStyle = CsvStyle | MatrixMarketStyle | NpyStyle;

/** @param bytes of a file that a reader has read as a mask; undefined for a format with one way to write it */
export function styleOf(file: string, bytes: Uint8Array): FileStyle | undefined {
  switch (extensionOf(file)) {
    case 'csv':
      return csvStyle(new TextDecoder().decode(bytes));
    case 'mtx':
      return matrixMarketStyle(new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES)));
    case 'npy': {
      const { descr, fortranOrder } = readNpyHeader(file, bytes, (part) => new TextDecoder('latin1').decode(part));
      return { kind: 'npy', descr, fortranOrder };
    }
    default:
      return undefined;
  }
}

/** Comments beyond this are not kept. */
const HEAD_BYTES = 1 << 20;

function matrixMarketStyle(text: string): MatrixMarketStyle {
  const [banner = '', ...lines] = text.split(/\r\n|\n|\r/);
  const [, , format, field = 'pattern'] = banner.toLowerCase().trim().split(/\s+/);
  const size = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('%'));
  return { kind: 'mtx', isArray: format === 'array', field, comments: lines.slice(0, size < 0 ? 0 : size).filter((line) => line.startsWith('%')) };
}

function csvStyle(text: string): CsvStyle {
  const lines = text.split(/\r\n|\n|\r/);
  const isData = (line: string): boolean => line.trim() !== '' && !line.trimStart().startsWith('#');
  const first = Math.max(0, lines.findIndex(isData));
  const sample = lines[first] ?? '';
  const delimiter = [';', ',', '\t'].find((candidate) => sample.includes(candidate)) ?? ' ';
  const fields = (line: string): string[] => (delimiter === ' ' ? line.trim().split(/\s+/) : line.split(delimiter));
  const hasNames = fields(sample).some((field) => !isEntry(field));
  const hasLabels = hasNames && fields(sample).length > 1 && bare(fields(sample)[0] ?? '') === '';
  const body = lines.slice(first + (hasNames ? 1 : 0)).filter(isData);
  const entries = fields(body[0] ?? '').slice(hasLabels ? 1 : 0);
  return {
    kind: 'csv',
    delimiter,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    head: lines.slice(0, first + (hasNames ? 1 : 0)),
    labels: hasLabels ? body.map((line) => fields(line)[0] ?? '') : undefined,
    ...wordsLike(entries[0] ?? '0'),
  };
}

const bare = (field: string): string => field.trim().replace(/^"(.*)"$/, '$1').trim();
const isEntry = (field: string): boolean => /^(true|false)$/i.test(bare(field)) || (bare(field) !== '' && Number.isFinite(Number(bare(field))));

/** 0 and 1 as the first entry writes its own. */
function wordsLike(field: string): { readonly off: string; readonly on: string } {
  const word = bare(field);
  if (/^(true|false)$/.test(word)) return { off: 'false', on: 'true' };
  if (/^(True|False)$/.test(word)) return { off: 'False', on: 'True' };
  if (/^(TRUE|FALSE)$/.test(word)) return { off: 'FALSE', on: 'TRUE' };
  return { off: '0', on: '1' };
}
