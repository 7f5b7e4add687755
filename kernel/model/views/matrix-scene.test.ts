import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, sparseMask } from '../../../test/support/masks.js';
import { kernelView, type KernelView } from './kernel-view.js';
import { maskView, type MaskView } from './mask-view.js';
import { matrixScene, type MatrixScene } from './matrix-scene.js';
import { paletteFor } from './palette.js';
import { measureText } from './svg/text.js';

const scene = (view: MaskView | KernelView, width = 600, scale = 1): MatrixScene =>
  matrixScene(view, paletteFor('light'), { width: width * scale, height: 560 * scale, scale }, measureText);
const texts = ({ labels }: MatrixScene): string[] => labels.map(({ text }) => text);

describe('a matrix scene', () => {
  it('says which axis is which, and counts along both', () => {
    expect(texts(scene(maskView(maskOf('X.', '.X', 'XX'))))).toEqual(['2 outputs →', '← 3 inputs', '0', '1', '2', '0', '1']);
    expect(texts(scene(maskView(maskOf('X'))))).toEqual(['1 output', '1 input', '0', '0']);
  });

  it('uses names, clipped, and turns those of columns when they are too wide', () => {
    const names = { inputs: ['a', 'b'], outputs: ['setosa', 'a name that is much longer than its column'] };
    const named = scene(maskView(maskOf('X.', 'XX'), { names }));
    const long = named.labels.find(({ text }) => text.startsWith('a name'))!;
    expect(long).toMatchObject({ text: 'a name that is mu…', turned: true });
    const short = scene(maskView(maskOf('X.', 'XX'), { names: { outputs: ['x', 'y'] } }));
    expect(short.labels.find(({ text }) => text === 'x')!.turned).toBeUndefined();
  });

  it.each([
    ['3 × 2', maskView(maskOf('X.', '.X', 'XX'))],
    ['1 × 1', maskView(maskOf('X'))],
    ['64 × 40', maskView(sparseMask(64, 40, 3))],
    ['784 × 100', maskView(sparseMask(784, 100, 3))],
    ['10 × 3000', maskView(sparseMask(10, 3000, 3))],
    ['with names', maskView(maskOf('X.', 'XX'), { names: { inputs: ['the first one', 'another'], outputs: ['y1', 'a long one'] } })],
  ])('of %s keeps matrix and labels inside, on both kinds of screen', (_, view) => {
    for (const scale of [1, 2]) {
      const { width, height, x, y, fit, labels } = scene(view, 500, scale);
      expect(width).toBeLessThanOrEqual(500 * scale);
      expect(x + fit.columns.extent).toBeLessThanOrEqual(width);
      expect(y + fit.rows.extent).toBeLessThanOrEqual(height);
      for (const { text, x: left, y: base, anchor, turned, size } of labels) {
        const length = measureText(text, size);
        const along = anchor === 'start' ? [0, length] : anchor === 'end' ? [-length, 0] : [-length / 2, length / 2];
        const [low, high] = turned ? [base - along[1]!, base - along[0]!] : [left + along[0]!, left + along[1]!];
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual((turned ? height : width) + 1);
      }
    }
  });

  it('prints weights in large cells: two digits, ink that can be read', () => {
    const view = kernelView(maskOf('XX', '.X'), Float32Array.from([-0.3849, 2, 0]));
    const { labels, marks, ruled } = scene(view);
    expect(labels.filter(({ text }) => text === '−0.38' || text === '2')).toHaveLength(2);
    expect(ruled).toBe(true);
    // The weight that is 0 has a dot in place of a number.
    expect(marks).toMatchObject([{ kind: 'dot' }]);
  });

  it('marks 0 by a dot and NaN by a cross, in the middle of their cells', () => {
    const view = kernelView(fullMask(30, 30), Float32Array.from({ length: 900 }, (_, at) => (at === 31 ? 0 : at === 62 ? NaN : 1)));
    const { marks, x, y, fit } = scene(view);
    expect(marks.map(({ kind }) => kind)).toEqual(['dot', 'cross']);
    expect(marks[0]).toMatchObject({ x: x + 1.5 * fit.columns.size, y: y + 1.5 * fit.rows.size });
  });

  it('has no lines and marks where cells are small', () => {
    expect(scene(kernelView(fullMask(200, 200), new Float32Array(40_000)))).toMatchObject({ ruled: false, marks: [] });
  });
});
