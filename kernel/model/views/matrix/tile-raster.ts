/** The tiles in a window as an image of one pixel each, to be enlarged without smoothing. */
import type { Rgb } from '../colour.js';
import type { Raster } from '../matrix-pixels.js';
import { densityColour, weightColour, weightStep, type Palette } from '../palette.js';
import { visibleTiles } from './axis.js';
import type { Camera } from './camera.js';
import type { CellSource, CountedWindow, TileWindow } from './cell-source.js';

/** The tiles that the camera sees, at least in part. */
export function windowOf({ rows, columns }: Camera): TileWindow {
  const down = visibleTiles(rows);
  const across = visibleTiles(columns);
  return { down: rows.per, across: columns.per, top: down.first, left: across.first, rows: down.end - down.first, columns: across.end - across.first };
}

export const countVisible = (source: Pick<CellSource, 'count'>, camera: Camera): CountedWindow => source.count(windowOf(camera));

/** The colour of a tile that holds at least one connection. */
export type TileColour = (tile: number, count: number) => Rgb;

/** @param most the count at the upper end of the ramp */
export function maskColours({ down, across }: TileWindow, palette: Palette, most: number): TileColour {
  if (down === 1 && across === 1) return () => palette.connected;
  const known: Rgb[] = [];
  return (_, count) => (known[count] ??= densityColour(palette, count, most));
}

/** By the live weight of largest size; each of the ramp's steps is mixed once. */
export function kernelColours({ extremes }: CountedWindow, palette: Palette, limit: number): TileColour {
  const known: Rgb[] = [];
  return (tile) => {
    const weight = extremes?.[tile] ?? 0;
    return Number.isFinite(weight) ? (known[weightStep(weight, limit)] ??= weightColour(palette, weight, limit)) : palette.notFinite;
  };
}

/** Tiles without a connection are transparent: what lies below them is the picture of "no connection". */
export function tileRaster({ rows, columns, counts }: CountedWindow, colourOf: TileColour): Raster {
  const rgba = new Uint8ClampedArray(4 * rows * columns);
  const pixels = new Uint32Array(rgba.buffer);
  for (let tile = 0; tile < counts.length; tile++) {
    const count = counts[tile] ?? 0;
    if (count === 0) continue;
    const [red, green, blue] = colourOf(tile, count);
    pixels[tile] = LITTLE_ENDIAN ? (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0 : ((red << 24) | (green << 16) | (blue << 8) | 0xff) >>> 0;
  }
  return { width: columns, height: rows, rgba };
}

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
