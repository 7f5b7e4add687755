/** Where a 2-D convolution reads its input: plain numbers, and the two loops over them. */

export interface ConvGeometry {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** Values of one patch: one a kernel place and channel. */
export const patchSize = (g: ConvGeometry): number => g.kernelHeight * g.kernelWidth * g.channels;

/**
 * What each output place sees: [batch · outHeight · outWidth, kernelHeight · kernelWidth · channels], 0 beyond the edge.
 *
 * @param x [batch, height, width, channels]
 */
export function patchesOf(x: Float32Array, g: ConvGeometry): Float32Array {
  const patches = new Float32Array(g.batch * g.outHeight * g.outWidth * patchSize(g));
  forEachPlace(g, (inX, inPatches) => {
    for (let c = 0; c < g.channels; c++) patches[inPatches + c] = x[inX + c] ?? 0;
  });
  return patches;
}

/** The transpose of `patchesOf`: adds every value of the patches to the place that it came from; [batch, height, width, channels]. */
export function sumOfPatches(patches: Float32Array, g: ConvGeometry): Float32Array {
  const sums = new Float64Array(g.batch * g.height * g.width * g.channels);
  forEachPlace(g, (inX, inPatches) => {
    for (let c = 0; c < g.channels; c++) sums[inX + c] = (sums[inX + c] ?? 0) + (patches[inPatches + c] ?? 0);
  });
  return Float32Array.from(sums);
}

/** Calls `visit` with the places of the first channel, in x and in the patches, of all that lies within the input. */
function forEachPlace(g: ConvGeometry, visit: (inX: number, inPatches: number) => void): void {
  const size = patchSize(g);
  for (let b = 0; b < g.batch; b++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++) {
        const patch = ((b * g.outHeight + oy) * g.outWidth + ox) * size;
        for (let ky = 0; ky < g.kernelHeight; ky++) {
          const y = oy * g.strideHeight - g.padTop + ky * g.dilationHeight;
          if (y < 0 || y >= g.height) continue;
          for (let kx = 0; kx < g.kernelWidth; kx++) {
            const x = ox * g.strideWidth - g.padLeft + kx * g.dilationWidth;
            if (x < 0 || x >= g.width) continue;
            visit(((b * g.height + y) * g.width + x) * g.channels, patch + (ky * g.kernelWidth + kx) * g.channels);
          }
        }
      }
    }
  }
}
