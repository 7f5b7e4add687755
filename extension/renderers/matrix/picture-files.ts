/** A canvas as a file: opaque, since a transparent picture of light text is unreadable on a white page. */
import { hex } from '../../../kernel/model/views/colour.js';
import type { Raster } from '../../../kernel/model/views/matrix-pixels.js';
import { make } from '../dom.js';
import type { Theme } from '../theme.js';

export function opaquePng(canvas: HTMLCanvasElement, { palette }: Theme, take: (blob: Blob) => void): void {
  const copy = make('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  if (!context) return;
  context.fillStyle = hex(palette.background);
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => {
    if (blob) take(blob);
  }, 'image/png');
}

/** The image inside of an SVG. */
export function rasterUri({ width, height, rgba }: Raster): string {
  const canvas = make('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas.toDataURL('image/png');
}
