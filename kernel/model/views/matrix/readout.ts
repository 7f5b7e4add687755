/** What is at a place of a drawn matrix, in words. */
import { formatCount, formatNumber, formatPercent } from '../format.js';
import type { Block } from '../kernel-view.js';
import type { UnitNames } from '../matrix-view.js';
import { tileOfUnit, unitsOfTile, type Axis } from './axis.js';
import type { Camera, Place } from './camera.js';
import type { CellSource } from './cell-source.js';
import type { Order } from './orders.js';

export interface ReadoutSubject {
  readonly source: CellSource;
  readonly names: UnitNames;
  readonly camera: Camera;
  readonly order?: Order | undefined;
  /** What a live weight is called: `w`, `gradient`; undefined in a mask. */
  readonly quantity?: string | undefined;
  /** Cells of a kernel that belong to one pair of maps. */
  readonly block?: Block | undefined;
}

/** @param place in the order that is drawn */
export function readout(subject: ReadoutSubject, place: Place): string {
  const { rows, columns } = subject.camera;
  return rows.per === 1 && columns.per === 1 ? cellText(subject, place) : tileText(subject, place);
}

/** `in 17 (x₂) → out 4 · w = −0.382`, or `… · not connected`. */
function cellText({ source, names, order, quantity, block }: ReadoutSubject, place: Place): string {
  const where = block ? blockText(place, block) : `in ${unit(order?.rows[place.row] ?? place.row, names.inputs)} → out ${unit(order?.columns[place.column] ?? place.column, names.outputs)}`;
  const cell = source.cell(place);
  if (cell.kind === 'unknown') return `${where} · somewhere in a tile with connections`;
  if (cell.kind === 'absent') return `${where} · not connected`;
  return quantity !== undefined && cell.weight !== undefined ? `${where} · ${quantity} = ${formatNumber(cell.weight)}` : `${where} · connected`;
}

/** `map 2 → map 5, tap (0, 1)` */
function blockText({ row, column }: Place, { rows, columns }: Block): string {
  return `map ${Math.floor(row / rows)} → map ${Math.floor(column / columns)}, tap (${row % rows}, ${column % columns})`;
}

const unit = (index: number, names: readonly string[] | undefined): string => (names?.[index] ? `${index} (${names[index]})` : String(index));

/** `inputs 40–59 × outputs 0–19: 37 of 400 connected (9.3 %)` */
function tileText({ source, camera: { rows, columns }, order, quantity }: ReadoutSubject, { row, column }: Place): string {
  const [top, left] = [tileOfUnit(rows, row), tileOfUnit(columns, column)];
  const { counts, extremes, coarse } = source.count({ down: rows.per, across: columns.per, top, left, rows: 1, columns: 1 });
  const [down, across] = [unitsOfTile(rows, top), unitsOfTile(columns, left)];
  const cells = (down.end - down.first) * (across.end - across.first);
  const count = counts[0] ?? 0;
  const where = order ? `places ${span(rows, top)} × ${span(columns, left)}` : `inputs ${span(rows, top)} × outputs ${span(columns, left)}`;
  if (coarse?.[0]) return `${where}: asking the kernel…`;
  const strongest = quantity !== undefined && count > 0 && extremes ? `, strongest ${quantity} = ${formatNumber(extremes[0] ?? 0)}` : '';
  return `${where}: ${formatCount(count)} of ${formatCount(cells)} connected (${formatPercent(count, cells)})${strongest}`;
}

function span(axis: Axis, tile: number): string {
  const { first, end } = unitsOfTile(axis, tile);
  return end - first === 1 ? String(first) : `${first}–${end - 1}`;
}
