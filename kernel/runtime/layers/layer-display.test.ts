import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KERNEL_MIME, MASK_MIME } from '../../model/views/media-types.js';
import { parseKernelView } from '../../model/views/kernel-view.js';
import { parseMaskView } from '../../model/views/mask-view.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { bundleOf } from '../display/bundle-of.js';
import { pictureOf } from '../display/picture-of.js';
import { ready, tf } from '../tf/index.js';
import { maskedConv2d, maskedDense } from './index.js';

await ready;

describe('a masked layer as the last expression of a cell', () => {
  const layer = () => maskedDense({ name: 'wired', connections: 'X.\n.X\nXX', inputShape: [3] });

  it('is its kernel, drawn; its text is that of Node', async () => {
    const built = layer();
    tf.sequential({ layers: [built] });
    const bundle: MimeBundle = await bundleOf(built);
    expect(bundle['text/plain']).toBe(inspect(built));
    expect(parseKernelView(bundle[KERNEL_MIME])).toMatchObject({ layer: 'wired', inputs: 3, outputs: 2, nnz: 4 });
    expect(pictureOf(bundle)).toMatch(/^<svg .*Kernel of wired/);
  });

  it('is its mask before it has weights', async () => {
    const bundle: MimeBundle = await bundleOf(layer());
    expect(parseMaskView(bundle[MASK_MIME])).toMatchObject({ title: 'wired', nnz: 4 });
    expect(bundle['text/plain']).toBe('MaskedDense wired: 3×2 mask: 4 of 6 connected (66.7 %), not built yet');
  });

  it('of a convolution too', async () => {
    const conv = maskedConv2d({ name: 'maps', connections: 'X.\nXX', kernelSize: 2, inputShape: [4, 4, 2] });
    tf.sequential({ layers: [conv] });
    const bundle: MimeBundle = await bundleOf(conv);
    expect(bundle['text/plain']).toBe(inspect(conv));
    expect(KERNEL_MIME in bundle).toBe(true);
  });
});
