/** A matrix as rows of text: for a table in the page, and for CSV. */
import { csvText, type CsvRow } from '../csv.js';
import { formatCount, formatNumber } from '../format.js';
import type { UnitNames } from '../matrix-view.js';
import type { CellSource } from './cell-source.js';
import { wholeGrid } from './count-window.js';

export interface TableData {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is left out. */
  readonly more?: string;
}

/** Rows of a table in the page; a file has them all. */
export const TABLE_ROWS = 200;

/** Connections per input and per output. */
export function degreeTables({ inDegree, outDegree }: CellSource, names: UnitNames): TableData[] {
  const table = (side: 'input' | 'output', degrees: Uint32Array, of: readonly string[] | undefined): TableData => ({
    caption: side === 'input' ? 'Connections per input' : 'Connections per output',
    head: [side, ...(of ? ['name'] : []), 'connections'],
    rows: Array.from(degrees.subarray(0, TABLE_ROWS), (degree, unit) => [String(unit), ...(of ? [of[unit] ?? ''] : []), formatCount(degree)]),
    ...(degrees.length > TABLE_ROWS && { more: `the first ${TABLE_ROWS} of ${formatCount(degrees.length)}` }),
  });
  return [...(outDegree ? [table('input', outDegree, names.inputs)] : []), ...(inDegree ? [table('output', inDegree, names.outputs)] : [])];
}

/** @param quantity what a weight is called; undefined in a mask */
export function edgeTable(source: CellSource, names: UnitNames, quantity: string | undefined, most = TABLE_ROWS): TableData {
  const name = (unit: number, of: readonly string[] | undefined): string => (of?.[unit] ? `${unit} (${of[unit]})` : String(unit));
  const rows: string[][] = [];
  for (const [row, column, weight] of edges(source)) {
    if (rows.length >= most) break;
    rows.push([name(row, names.inputs), name(column, names.outputs), ...(quantity === undefined ? [] : [formatNumber(weight ?? 0)])]);
  }
  const isKnown = source.finest.down * source.finest.across === 1 && source.outputsOf(0) !== undefined;
  const more = isKnown ? (source.nnz > most ? `the first ${most} of ${formatCount(source.nnz)}` : undefined) : 'only counts per tile are known here; see CSV';
  return { caption: 'Connections', head: ['input', 'output', ...(quantity === undefined ? [] : [quantity])], rows, ...(more !== undefined && { more }) };
}

function* edges(source: CellSource): Generator<readonly [row: number, column: number, weight: number | undefined]> {
  for (let row = 0; row < source.inputs; row++) {
    const outputs = source.outputsOf(row);
    for (let k = 0; k < (outputs?.length ?? 0); k++) {
      const column = outputs?.[k] ?? 0;
      const cell = source.cell({ row, column });
      yield [row, column, cell.kind === 'connected' ? cell.weight : undefined];
    }
  }
}

/** Every connection a line, or every tile that has one where no more is known; with a header line. */
export const matrixCsv = (source: CellSource, names: UnitNames, quantity: string | undefined): string =>
  csvText(source.outputsOf(0) !== undefined || source.nnz === 0 ? connectionRows(source, names, quantity) : tileRows(source));

function* connectionRows(source: CellSource, { inputs, outputs }: UnitNames, quantity: string | undefined): Generator<CsvRow> {
  const isNamed = inputs !== undefined || outputs !== undefined;
  yield ['input', 'output', ...(isNamed ? ['input name', 'output name'] : []), ...(quantity === undefined ? [] : [quantity])];
  for (const [row, column, weight] of edges(source)) {
    yield [row, column, ...(isNamed ? [inputs?.[row] ?? '', outputs?.[column] ?? ''] : []), ...(quantity === undefined ? [] : [weight ?? ''])];
  }
}

function* tileRows(source: CellSource): Generator<CsvRow> {
  const { down, across } = source.finest;
  const { counts, columns } = source.count(wholeGrid(source, down, across));
  yield ['first input', 'last input', 'first output', 'last output', 'connections'];
  for (const [tile, count] of counts.entries()) {
    if (count === 0) continue;
    const [row, column] = [Math.floor(tile / columns) * down, (tile % columns) * across];
    yield [row, Math.min(source.inputs, row + down) - 1, column, Math.min(source.outputs, column + across) - 1, count];
  }
}
