/**
 * One axis of a matrix under a camera, in whole device pixels.
 *
 * Tiles of `per` units are drawn `size` pixels long, one behind the other from unit 0, so a tile holds the same units wherever the
 * camera stands and its count stays exact. `offset` pixels of them lie before the window of `room` pixels.
 */
export interface Axis {
  readonly units: number;
  readonly per: number;
  readonly size: number;
  readonly room: number;
  readonly offset: number;
}

export const tileCount = ({ units, per }: Axis): number => Math.ceil(units / per);

/** Pixels of all tiles. */
export const extentOf = (axis: Axis): number => tileCount(axis) * axis.size;

/** Pixels of the window that hold tiles. */
export const shownPixels = (axis: Axis): number => Math.min(axis.room, extentOf(axis));

export const movedTo = (axis: Axis, offset: number): Axis => ({ ...axis, offset: Math.min(Math.max(0, Math.round(offset)), Math.max(0, extentOf(axis) - axis.room)) });

export interface Span {
  readonly first: number;
  readonly end: number;
}

/** The tiles that are at least partly in the window. */
export function visibleTiles(axis: Axis): Span {
  const first = Math.floor(axis.offset / axis.size);
  return { first, end: Math.min(tileCount(axis), Math.ceil((axis.offset + axis.room) / axis.size)) };
}

/** The units of a tile. */
export const unitsOfTile = ({ per, units }: Axis, tile: number): Span => ({ first: tile * per, end: Math.min(units, (tile + 1) * per) });

export const tileOfUnit = ({ per }: Axis, unit: number): number => Math.floor(unit / per);

/** Where a tile begins, in pixels from the start of the window; may lie outside of it. */
export const startOfTile = ({ size, offset }: Axis, tile: number): number => tile * size - offset;

/** The tile under a pixel of the window; undefined beside the matrix. */
export function tileAt(axis: Axis, pixel: number): number | undefined {
  if (pixel < 0 || pixel >= shownPixels(axis)) return undefined;
  return Math.floor((pixel + axis.offset) / axis.size);
}

/** The axis at another scale: what is at `pixel` of the window stays there, as far as the ends allow. */
export function rescaled(axis: Axis, scale: { readonly per: number; readonly size: number }, pixel: number): Axis {
  const unit = ((axis.offset + pixel) / axis.size) * axis.per;
  return movedTo({ ...axis, ...scale }, (unit / scale.per) * scale.size - pixel);
}

/** Moved as little as brings the unit into the window whole. */
export function revealed(axis: Axis, unit: number): Axis {
  const start = startOfTile(axis, tileOfUnit(axis, unit));
  if (start < 0) return movedTo(axis, axis.offset + start);
  const over = start + axis.size - axis.room;
  return over > 0 ? movedTo(axis, axis.offset + over) : axis;
}

/** With the unit in the middle of the window. */
export const centred = (axis: Axis, unit: number): Axis => movedTo(axis, (unit / axis.per + 0.5) * axis.size - axis.room / 2);

/**
 * Whole pixels a unit, or whole units a pixel, nearest to `pixelsPerUnit`.
 *
 * @param finest units that a tile holds at least: what the source of the cells knows
 * @param largest pixels that a tile takes at most
 */
export function scaleFor(pixelsPerUnit: number, finest: number, largest: number): { readonly per: number; readonly size: number } {
  const pixels = pixelsPerUnit * finest;
  if (pixels >= 1) return { per: finest, size: Math.max(1, Math.min(largest, Math.round(pixels))) };
  return { per: finest * Math.max(1, Math.round(1 / pixels)), size: 1 };
}
