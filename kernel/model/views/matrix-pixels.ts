/** A matrix as an image of one pixel per cell (or tile), to be enlarged without smoothing. */
import type { Rgb } from './colour.js';
import { liveCells, tilesFor } from './matrix-cells.js';
import type { MatrixFit } from './matrix-fit.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import { densityColour, weightColour, type Palette } from './palette.js';
import { highest } from './tile-counts.js';

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Row by row, four bytes a pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Missing connections are transparent: what lies below them is the picture of "no connection". */
export function paintMatrix(view: MaskView | KernelView, fit: MatrixFit, palette: Palette): Raster {
  const width = fit.columns.tiles;
  const height = fit.rows.tiles;
  const rgba = new Uint8ClampedArray(4 * width * height);
  const put = (row: number, column: number, [red, green, blue]: Rgb): void => {
    const at = 4 * (row * width + column);
    rgba[at] = red;
    rgba[at + 1] = green;
    rgba[at + 2] = blue;
    rgba[at + 3] = 255;
  };
  if (fit.detail === 'tiles') paintTiles(view, fit, palette, put);
  else for (const { row, column, weight } of liveCells(view)) put(row, column, cellColour(view, weight, palette));
  return { width, height, rgba };
}

type Put = (row: number, column: number, colour: Rgb) => void;

function paintTiles(view: MaskView | KernelView, fit: MatrixFit, palette: Palette, put: Put): void {
  const { counts, extremes, rows, columns } = tilesFor(view, fit);
  const most = highest(counts);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const isKernel = view.view === 'kernel';
      put(row, column, isKernel ? weightColour(palette, extremes?.[at] ?? 0, view.limit) : densityColour(palette, count, most));
    }
  }
}

export const cellColour = (view: MaskView | KernelView, weight: number | undefined, palette: Palette): Rgb =>
  view.view === 'kernel' ? weightColour(palette, weight ?? 0, view.limit) : palette.connected;
