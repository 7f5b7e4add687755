/** A decision boundary in words. */
import { formatCount, formatNumber, formatPercent, plural } from '../format.js';
import { classOfCells, connectionName, mapName, type BoundaryView, type UnitMap } from './boundary-view.js';

/** `Decision boundary of output 0 over x₁ from −1 to 1 and x₂ from −1 to 1: 52.3 % of the plane is at least 0.5. 97 of 100 points are on the right side.` */
export function boundarySentence(view: BoundaryView): string {
  const name = view.title ? `Decision boundary “${view.title}”` : 'Decision boundary';
  const { x, y, axisNames, outputs, maps, points, right, cut } = view;
  const span = ({ min, max }: { min: number; max: number }): string => `from ${formatNumber(min)} to ${formatNumber(max)}`;
  const own = maps.slice(0, outputs);
  return [
    `${name}${cut ? ` without the connection ${connectionName(cut)}` : ''}, ${axisNames[0]} ${span(x)}, ${axisNames[1]} ${span(y)}: ${shares(own, view.classNames)}.`,
    ...(right !== undefined ? [`${formatCount(right)} of ${plural(points.total, 'point')} ${points.total === 1 ? 'is' : 'are'} on the right side (${formatPercent(right, points.total)}).`] : [`${plural(points.total, 'point')}.`]),
    ...(own.some(({ values }) => values.some(Number.isNaN)) ? ['Where it is not coloured, the answer is not finite.'] : []),
  ].join(' ');
}

function shares(maps: readonly UnitMap[], classNames: readonly string[]): string {
  const classes = classOfCells(maps);
  const count = (index: number): number => classes.reduce((sum, each) => sum + (each === index ? 1 : 0), 0);
  const [only] = maps;
  if (maps.length === 1 && only) return `${mapName(only)} is ${formatNumber(only.threshold)} or more on ${formatPercent(count(1), classes.length)} of the plane`;
  return maps.map((map, at) => `${classNames[at] ?? mapName(map)} on ${formatPercent(count(at), classes.length)}`).join(', ');
}

/** `(0.31, −0.52): output 0 = 0.87` */
export function cellText({ x, y, maps, outputs, classNames }: BoundaryView, shown: number | undefined, column: number, row: number): string {
  const [first] = maps;
  const map = shown === undefined ? first : maps[shown];
  if (!map) return '';
  const place = (interval: { min: number; max: number }, at: number): string => formatNumber(Number((interval.min + ((at + 0.5) / map.side) * (interval.max - interval.min)).toPrecision(3)));
  const where = `(${place(x, column)}, ${place(y, map.side - 1 - row)})`;
  const cell = row * map.side + column;
  if (shown !== undefined || outputs === 1) return `${where}: ${mapName(map)} = ${formatNumber(map.values[cell] ?? NaN)}`;
  const own = maps.slice(0, outputs);
  const best = classOfCells(own.map((each) => ({ ...each, values: each.values.subarray(cell, cell + 1) })))[0] ?? -1;
  return `${where}: ${best < 0 ? 'not finite' : (classNames[best] ?? String(best))} (${own.map((each) => formatNumber(each.values[cell] ?? NaN)).join(', ')})`;
}
