/** The points of `show.boundary`, and their classes. */
import { MAX_CLASSES } from '../../../model/views/boundary/boundary-view.js';
import { ArgumentError } from '../../argument-error.js';

interface TensorLike {
  readonly shape: readonly number[];
  dataSync(): ArrayLike<number>;
}

export type PointRows = TensorLike | readonly (ArrayLike<number>)[];
export type Labels = TensorLike | ArrayLike<number> | readonly (ArrayLike<number>)[];

/** Points with their labels: by name, as a pair, or points alone. */
export type BoundaryData = { readonly xs: PointRows; readonly ys?: Labels } | { readonly x: PointRows; readonly y?: Labels } | readonly [xs: PointRows, ys: Labels] | PointRows;

interface Table {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): number;
}

export interface Points {
  /** [x₁, x₂] of each, one after the other. */
  readonly rows: Float32Array;
  /** A class for each point, as an index into `names`. */
  readonly classes: Uint32Array;
  readonly names: readonly string[];
  /** The class that the net should answer, by point; −1 where it has no such class. Absent without labels. */
  readonly wanted?: Int32Array;
  /** Labels are on both sides of 0. */
  readonly isSigned: boolean;
}

const EXPECTED = '{ xs, ys }, points [n, 2] with a label each';

/** @param outputs of the model @throws ArgumentError that says what was given */
export function readPoints(data: unknown, outputs: number, threshold: number | undefined): Points {
  const [xs, ys] = split(data);
  const points = tableOf(xs, 'show.boundary: data');
  if (points.columns !== 2) throw new ArgumentError('show.boundary: data', `points of ${points.columns} numbers`, 'points of two numbers', 'A boundary is drawn over a plane.');
  const rows = new Float32Array(2 * points.rows);
  for (let row = 0; row < points.rows; row++) for (let column = 0; column < 2; column++) rows[2 * row + column] = points.at(row, column);
  rows.forEach((value, at) => {
    if (!Number.isFinite(value)) throw new ArgumentError(`show.boundary: data: point ${at >> 1}, number ${at & 1}`, value, 'a finite number');
  });
  if (ys === undefined) return { rows, classes: new Uint32Array(points.rows), names: ['points'], isSigned: false };
  const labels = tableOf(ys, 'show.boundary: labels');
  if (labels.rows !== points.rows) throw new ArgumentError('show.boundary: labels', `${labels.rows} labels`, `${points.rows}, one for each point`);
  return { rows, ...(labels.columns > 1 ? oneHot(labels, outputs) : single(labels, outputs, threshold)) };
}

function split(data: unknown): [unknown, unknown] {
  if (typeof data !== 'object' || data === null) throw new ArgumentError('show.boundary: data', data, EXPECTED);
  if (Array.isArray(data)) {
    const pair: readonly unknown[] = data;
    const [first, second] = pair;
    const isPair = data.length === 2 && (isTensor(first) || (Array.isArray(first) && (typeof first[0] === 'object' || first.length === 0)));
    return isPair ? [first, second] : [data, undefined];
  }
  if (isTensor(data)) return [data, undefined];
  const fields = new Map<string, unknown>(Object.entries(data));
  const xs = fields.get('xs') ?? fields.get('x');
  if (xs === undefined) throw new ArgumentError('show.boundary: data', data, EXPECTED);
  return [xs, fields.get('ys') ?? fields.get('y')];
}

const isTensor = (value: unknown): value is TensorLike => typeof value === 'object' && value !== null && 'dataSync' in value && 'shape' in value;

function tableOf(value: unknown, what: string): Table {
  if (isTensor(value)) {
    const [rows = 0, columns = 1] = value.shape;
    if (value.shape.length > 2 || value.shape.length === 0) throw new ArgumentError(what, `a tensor of shape [${value.shape.join(', ')}]`, 'one of rank 2');
    const data = value.dataSync();
    return { rows, columns, at: (row, column) => data[row * columns + column] ?? NaN };
  }
  const list = asList(value);
  if (!list) throw new ArgumentError(what, value, 'a tensor, or an array');
  const table = list.map((entry: unknown) => asList(entry) ?? [entry]);
  const columns = table[0]?.length ?? 2;
  table.forEach((row, at) => {
    if (row.length !== columns) throw new ArgumentError(`${what}: row ${at}`, row, `an array of ${columns} numbers`);
  });
  return { rows: table.length, columns, at: (row, column) => Number(table[row]?.[column]) };
}

function asList(value: unknown): readonly unknown[] | undefined {
  const isArray: boolean = Array.isArray(value);
  // SAFETY: an array of anything.
  if (isArray) return value as readonly unknown[];
  // SAFETY: a typed array other than a DataView holds numbers or bigints.
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float32Array) : undefined;
}

type Classes = Pick<Points, 'classes' | 'names' | 'wanted' | 'isSigned'>;

function oneHot(labels: Table, outputs: number): Classes {
  const classes = Uint32Array.from({ length: labels.rows }, (_, row) => {
    let best = 0;
    for (let column = 1; column < labels.columns; column++) if (labels.at(row, column) > labels.at(row, best)) best = column;
    return best;
  });
  const names = Array.from({ length: Math.max(labels.columns, outputs) }, (_, at) => String(at));
  return { classes, names, isSigned: false, ...(labels.columns === outputs && { wanted: Int32Array.from(classes) }) };
}

function single(labels: Table, outputs: number, given: number | undefined): Classes {
  const values = Float64Array.from({ length: labels.rows }, (_, row) => labels.at(row, 0));
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const isSigned = distinct.some((value) => value < 0) && distinct.some((value) => value > 0);
  if (outputs > 1) {
    const isIndex = distinct.every((value) => Number.isInteger(value) && value >= 0 && value < outputs);
    if (isIndex) return { classes: Uint32Array.from(values), names: Array.from({ length: outputs }, (_, at) => String(at)), wanted: Int32Array.from(values), isSigned };
  }
  const threshold = given ?? (isSigned ? 0 : 0.5);
  const wanted = outputs === 1 ? { wanted: Int32Array.from(values, (value) => (value >= threshold ? 1 : 0)) } : {};
  if (distinct.length <= MAX_CLASSES) {
    const index = new Map(distinct.map((value, at) => [value, at]));
    return { classes: Uint32Array.from(values, (value) => index.get(value) ?? 0), names: distinct.map(String), isSigned, ...wanted };
  }
  // Of labels that are measured, the side of the threshold is a class.
  return { classes: Uint32Array.from(values, (value) => (value >= threshold ? 1 : 0)), names: [`below ${threshold}`, `${threshold} or more`], isSigned, ...wanted };
}
