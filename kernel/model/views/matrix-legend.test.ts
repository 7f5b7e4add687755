import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, maskWhere, sparseMask } from '../../../test/support/masks.js';
import { kernelView, type KernelView } from './kernel-view.js';
import { maskView, type MaskView } from './mask-view.js';
import { fitMatrix } from './matrix-fit.js';
import { detailCaption, matrixLegend } from './matrix-legend.js';
import { paletteFor } from './palette.js';

const palette = paletteFor('light');
const fitted = (view: MaskView | KernelView) => fitMatrix(view, { width: 600, height: 500, scale: 1 });
const legend = (view: MaskView | KernelView) =>
  matrixLegend(view, fitted(view), palette).map((item) => (item.kind === 'ramp' ? `${item.label}: ${item.ticks.map(({ label }) => label).join(' ')}` : `${item.mark} ${item.label}`));

describe('the legend', () => {
  it.each([
    ['a mask', maskView(maskOf('X.', 'XX')), ['none connected (3)', 'hatch no connection (1)']],
    ['a full mask', maskView(fullMask(2, 2)), ['none connected (4)']],
    ['a mask in tiles', maskView(sparseMask(3000, 3000, 30)), ['connections per tile of 6 × 6: 1 2', 'none no connection (8,910,000)']],
    ['a lone connection', maskView(maskWhere(3000, 3000, (i, j) => i + j === 0)), ['connections per tile of 6 × 6: 1', 'none no connection (8,999,999)']],
    ['a kernel', kernelView(maskOf('X.', 'XX'), Float32Array.of(0, -2, 1)), ['weight: −2 0 2', 'hatch no connection (1)', 'dot weight = 0 (1)']],
    ['a kernel with NaN', kernelView(fullMask(1, 2), Float32Array.of(1, NaN)), ['weight: −1 0 1', 'dot weight = 0 (0)', 'cross NaN or infinite (1)']],
    ['a flat kernel', kernelView(sparseMask(200, 200, 9), new Float32Array(1800).fill(1)), ['weight: −1 0 1', 'none no connection (38,200)']],
    ['a flat kernel with zeros', kernelView(sparseMask(200, 200, 9), new Float32Array(1800)), ['weight: −1 0 1', 'none no connection (38,200)', 'none weight = 0 (1,800)']],
  ])('of %s', (_, view, items) => expect(legend(view)).toEqual(items));

  it('has ticks at powers of ten, on a logarithmic ramp', () => {
    const [ramp] = matrixLegend(maskView(fullMask(1000, 1000)), fitMatrix(maskView(fullMask(1000, 1000)), { width: 20, height: 20, scale: 1 }), palette);
    expect(ramp?.kind === 'ramp' && ramp.ticks.map(({ label }) => label)).toEqual(['1', '10', '100', '2,500']);
    expect(ramp?.kind === 'ramp' && ramp.ticks[1]!.at).toBeCloseTo(Math.log(10) / Math.log(2500));
  });
});

it('a caption says what a tile is', () => {
  const mask = maskView(sparseMask(3000, 3000, 30));
  expect(detailCaption(mask, fitted(mask))).toBe('One tile is 6 inputs × 6 outputs; colour is the number of connections in a tile.');
  const kernel = kernelView(sparseMask(3000, 100, 1), new Float32Array(3000));
  expect(detailCaption(kernel, fitted(kernel))).toBe('One tile is 6 inputs × 1 output; colour is the strongest live weight of a tile.');
  expect(detailCaption(maskView(maskOf('X')), fitted(maskView(maskOf('X'))))).toBeUndefined();
});
