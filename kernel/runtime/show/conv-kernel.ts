/**
 * The kernel of a convolution as a matrix: a block of kernelHeight × kernelWidth cells for each pair of maps, so that a pair without
 * connections is an empty block.
 */
import type { MaskData } from '../../model/mask-data.js';
import { positionOf } from '../../model/views/matrix-cells.js';

export interface ConvShape {
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly filters: number;
}

export interface ConvMatrix {
  readonly mask: MaskData;
  /** Where the value of each connection stands in what was given. */
  readonly positions: Uint32Array;
}

/**
 * @param mask [height · width · inChannels, filters] as of a layer; undefined: every connection
 * @returns [inChannels · height, filters · width]; positions are those of packed weights, or of the dense kernel without a mask
 */
export function convMatrix({ height, width, inChannels, filters }: ConvShape, mask: MaskData | undefined): ConvMatrix {
  const indptr = new Uint32Array(inChannels * height + 1);
  const indices: number[] = [];
  const positions: number[] = [];
  for (let channel = 0; channel < inChannels; channel++) {
    for (let y = 0; y < height; y++) {
      for (let filter = 0; filter < filters; filter++) {
        for (let x = 0; x < width; x++) {
          const row = (y * width + x) * inChannels + channel;
          const at = mask ? positionOf(mask, row, filter) : row * filters + filter;
          if (at < 0) continue;
          indices.push(filter * width + x);
          positions.push(at);
        }
      }
      indptr[channel * height + y + 1] = indices.length;
    }
  }
  return { mask: { inputs: inChannels * height, outputs: filters * width, indptr, indices: Uint32Array.from(indices) }, positions: Uint32Array.from(positions) };
}

export const pick = (values: ArrayLike<number>, positions: Uint32Array): Float32Array => Float32Array.from(positions, (at) => values[at] ?? 0);
