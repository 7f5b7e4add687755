/** The image of the window last drawn: a camera that moves by less than a tile, or a cursor, needs no new one. */
import type { Raster } from '../../../kernel/model/views/matrix-pixels.js';

export class RasterCache {
  readonly #canvas = document.createElement('canvas');
  #keys: readonly unknown[] = [];

  /** @param counted,colourOf what the image shows; the same two objects give the same image */
  canvas(counted: object, colourOf: object, make: () => Raster): HTMLCanvasElement {
    if (this.#keys[0] !== counted || this.#keys[1] !== colourOf) {
      const { width, height, rgba } = make();
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
      this.#keys = [counted, colourOf];
    }
    return this.#canvas;
  }
}
