/** What the painter of cells is given. */
import type { Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { CountedWindow } from '../../../kernel/model/views/matrix/cell-source.js';
import type { TileColour } from '../../../kernel/model/views/matrix/tile-raster.js';
import type { Palette } from '../../../kernel/model/views/palette.js';

export interface CellsPicture {
  readonly camera: Camera;
  /** What the camera sees, counted. */
  readonly counted: CountedWindow;
  readonly colourOf: TileColour;
  readonly palette: Palette;
  readonly font: string;
  /** The upper left corner of the window on the canvas. */
  readonly x: number;
  readonly y: number;
  /** Draws weights as squares whose area is |w| / limit, filled above 0 and hollow below: for high contrast. */
  readonly squares?: { readonly limit: number };
}
