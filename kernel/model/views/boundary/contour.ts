/** Lines along which a grid of values takes one value: marching squares with linear interpolation. */

/** From (x1, y1) to (x2, y2), in cells: (0, 0) is the centre of the first cell, x runs along a row. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

/** Squares with a value that is not finite have no line. A saddle is cut as its mean says. */
export function contour(values: Float32Array, side: number, level: number): Segment[] {
  const segments: Segment[] = [];
  const at = (column: number, row: number): number => values[row * side + column] ?? NaN;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const a = at(column, row);
      const b = at(column + 1, row);
      const c = at(column + 1, row + 1);
      const d = at(column, row + 1);
      if (!Number.isFinite(a + b + c + d)) continue;
      const kind = (a >= level ? 8 : 0) | (b >= level ? 4 : 0) | (c >= level ? 2 : 0) | (d >= level ? 1 : 0);
      if (kind === 0 || kind === 15) continue;
      const top = (): Point => [column + share(a, b, level), row];
      const right = (): Point => [column + 1, row + share(b, c, level)];
      const bottom = (): Point => [column + share(d, c, level), row + 1];
      const left = (): Point => [column, row + share(a, d, level)];
      const isHigh = (a + b + c + d) / 4 >= level;
      for (const [from, to] of crossings(kind, isHigh, { top, right, bottom, left })) segments.push([...from(), ...to()]);
    }
  }
  return segments;
}

type Point = readonly [number, number];
type Side = () => Point;

const share = (a: number, b: number, level: number): number => (a === b ? 0.5 : (level - a) / (b - a));

/** Which sides of a square a line joins; bits say which corners are high: top left, top right, bottom right, bottom left. */
function crossings(kind: number, isHigh: boolean, { top, right, bottom, left }: Readonly<Record<'top' | 'right' | 'bottom' | 'left', Side>>): readonly (readonly [Side, Side])[] {
  switch (kind) {
    case 1: case 14: return [[left, bottom]];
    case 2: case 13: return [[bottom, right]];
    case 3: case 12: return [[left, right]];
    case 4: case 11: return [[top, right]];
    case 6: case 9: return [[top, bottom]];
    case 7: case 8: return [[left, top]];
    // Two opposite corners are high: joined through the middle when that is high too.
    case 5: return isHigh ? [[left, top], [bottom, right]] : [[left, bottom], [top, right]];
    case 10: return isHigh ? [[left, bottom], [top, right]] : [[left, top], [bottom, right]];
    default: return [];
  }
}
