/** PNG from pixels: RGBA as it is, or opaque with at most 256 colours, which makes a chart five times smaller. */
import { COLOUR_TYPE, pngFile } from './png-chunks.js';
import { indexColours } from './index-colours.js';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, four bytes a pixel. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

const NO_FILTER = 0;
const SUB = 1;

/** With transparency; every row with the Sub filter. @throws RangeError when there is no pixel: PNG has no empty images. */
export function encodePng(pixels: Pixels): Buffer {
  check(pixels);
  const { width, height, rgba } = pixels;
  const stride = 4 * width;
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    rows[to] = SUB;
    for (let x = 0; x < stride; x++) rows[to + 1 + x] = (rgba[y * stride + x] ?? 0) - (x < 4 ? 0 : (rgba[y * stride + x - 4] ?? 0));
  }
  return pngFile({ width, height, colourType: COLOUR_TYPE.rgba, rows });
}

/** Without transparency. Of more than 256 colours the rarest become their nearest neighbours. @throws RangeError as above */
export function encodeOpaquePng(pixels: Pixels): Buffer {
  check(pixels);
  const { width, height, rgba } = pixels;
  const { palette, indices } = indexColours(rgba);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = NO_FILTER;
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return pngFile({ width, height, colourType: COLOUR_TYPE.indexed, palette, rows });
}

function check({ width, height, rgba }: Pixels): void {
  if (width >= 1 && height >= 1 && rgba.length === 4 * width * height) return;
  throw new RangeError(`${rgba.length} bytes are not a picture of ${width} × ${height} pixels`);
}

export const pngDataUri = (pixels: Pixels): string => `data:image/png;base64,${encodePng(pixels).toString('base64')}`;
