/** Unit to unit wiring of what slides over an image: convolutions and pooling. */
import type { MaskData } from '../../model/mask-data.js';
import { MAX_CONNECTIONS, transposed } from '../mask/algebra.js';
import { tf } from '../tf/tfjs.js';

export interface WindowSettings {
  /** [height, width] */
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padding: 'valid' | 'same';
  readonly channelsFirst: boolean;
}

/** Without the batch. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageShape(shape: readonly number[], channelsFirst: boolean): ImageShape {
  const [a = 1, b = 1, c = 1] = shape;
  return channelsFirst ? { channels: a, height: b, width: c } : { height: a, width: b, channels: c };
}

/**
 * @param image of the input
 * @param kernel [height * width * channels, filters], the channel running fastest
 * @returns the wiring [units of the image, units of the result], and how many connections it would have if the kernel were dense
 */
export function windowWiring(image: ImageShape, kernel: MaskData, settings: WindowSettings): { wiring: MaskData; denseConnections: number } {
  const { outHeight, outWidth, padInfo } = tf.backend_util.computeConv2DInfo(
    [1, image.height, image.width, image.channels],
    [...settings.kernel, image.channels, kernel.outputs],
    [...settings.strides],
    [...settings.dilation],
    settings.padding,
  );
  const filters = kernel.outputs;
  const byFilter = transposed(kernel);
  const places = outHeight * outWidth;
  const bound = places * kernel.indices.length;
  if (bound > MAX_CONNECTIONS) throw new Error(`its units have up to ${bound} connections, and at most ${MAX_CONNECTIONS} are followed`);
  const outputs = places * filters;
  const indptr = new Uint32Array(outputs + 1);
  const indices = new Uint32Array(bound);
  let size = 0;
  for (let output = 0; output < outputs; output++) {
    const [place, filter] = settings.channelsFirst ? [output % places, Math.floor(output / places)] : [Math.floor(output / filters), output % filters];
    const top = Math.floor(place / outWidth) * settings.strides[0] - padInfo.top;
    const left = (place % outWidth) * settings.strides[1] - padInfo.left;
    const start = size;
    for (let k = byFilter.indptr[filter] ?? 0; k < (byFilter.indptr[filter + 1] ?? 0); k++) {
      const row = byFilter.indices[k] ?? 0;
      const channel = row % image.channels;
      const kernelPlace = (row - channel) / image.channels;
      const y = top + Math.floor(kernelPlace / settings.kernel[1]) * settings.dilation[0];
      const x = left + (kernelPlace % settings.kernel[1]) * settings.dilation[1];
      if (y < 0 || y >= image.height || x < 0 || x >= image.width) continue;
      indices[size++] = settings.channelsFirst ? (channel * image.height + y) * image.width + x : (y * image.width + x) * image.channels + channel;
    }
    if (settings.channelsFirst) indices.subarray(start, size).sort();
    indptr[output + 1] = size;
  }
  const inside = (axis: 0 | 1, count: number, extent: number, before: number): number => {
    let found = 0;
    for (let o = 0; o < count; o++) {
      for (let k = 0; k < settings.kernel[axis]; k++) {
        const at = o * settings.strides[axis] - before + k * settings.dilation[axis];
        if (at >= 0 && at < extent) found++;
      }
    }
    return found;
  };
  const dense = inside(0, outHeight, image.height, padInfo.top) * inside(1, outWidth, image.width, padInfo.left) * image.channels * filters;
  const reversed = { inputs: outputs, outputs: image.height * image.width * image.channels, indptr, indices: indices.slice(0, size) };
  return { wiring: transposed(reversed), denseConnections: dense };
}
