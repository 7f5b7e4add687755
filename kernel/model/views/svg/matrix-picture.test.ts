import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, sparseMask } from '../../../../test/support/masks.js';
import { kernelView } from '../kernel-view.js';
import { maskView } from '../mask-view.js';
import { matrixPicture, PICTURE_WIDTH } from './matrix-picture.js';

const image = 'data:image/png;base64,AAAA';
const draw = (view: Parameters<typeof matrixPicture>[0]): string => matrixPicture(view, () => image);

/** Parsed as XML: a document that is not well-formed has a parsererror. */
function parse(svg: string) {
  const document = new new Window().DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document.documentElement;
}
const texts = (svg: string): string[] => [...parse(svg).querySelectorAll('text')].map(({ textContent }) => textContent ?? '');

describe('the picture of a mask', () => {
  const svg = draw(maskView(maskOf('X.', '.X', 'XX'), { title: 'Three to two' }));

  it('is opaque: white over all of it comes first', () => {
    const root = parse(svg);
    const rect = root.querySelector('rect')!;
    expect([rect.getAttribute('width'), rect.getAttribute('height'), rect.getAttribute('fill')]).toEqual([root.getAttribute('width'), root.getAttribute('height'), '#ffffff']);
    expect(svg.indexOf('<rect')).toBeLessThan(svg.indexOf('<text'));
  });

  it('has title, numbers, axes and legend', () => {
    expect(texts(svg)).toEqual(['Three to two', '4 of 6 connected (66.7 %)', '2 outputs →', '← 3 inputs', '0', '1', '2', '0', '1', 'connected (4)', 'no connection (2)']);
    expect(parse(svg).querySelector('title')!.textContent).toMatch(/^Connection mask “Three to two”, 3 inputs/);
  });

  it('draws cells as paths of one colour, and no image', () => {
    expect(parse(svg).querySelectorAll('path[shape-rendering="crispEdges"]')).toHaveLength(1);
    expect(svg).not.toContain('<image');
  });

  it('warns of units without connections', () => {
    expect(texts(draw(maskView(maskOf('X..', '...')))).at(-1)).toBe('1 input unused (1). 2 outputs without inputs (1, 2).');
  });
});

describe('the picture of a kernel', () => {
  it('has a legend in three parts', () => {
    expect(texts(draw(kernelView(maskOf('X.', 'XX'), Float32Array.of(0, -2, 1), { layer: 'd1' })))).toEqual(
      expect.arrayContaining(['Kernel of d1', '−2', '0', '2', 'weight', 'no connection (1)', 'weight = 0 (1)']),
    );
  });

  it('of a large matrix is one image, and says what a tile is', () => {
    const view = kernelView(sparseMask(3000, 3000, 10), new Float32Array(30_000).fill(1));
    const svg = draw(view);
    expect(parse(svg).querySelectorAll('image')).toHaveLength(1);
    expect(svg).toContain(image);
    expect(texts(svg).join(' ')).toMatch(/One tile is \d+ inputs × \d+ outputs; colour is the strongest live weight of a tile\./);
    // Two pixels a tile at least, else its file is noise of megabytes.
    let size = 0;
    matrixPicture(view, ({ width, height }) => ((size = Math.max(width, height)), image));
    expect(size).toBeLessThan(320);
  });
});

it('shows names of any kind as text', () => {
  const name = '<script>alert("1")</script> & \u0007\ud800';
  const svg = draw(maskView(fullMask(1, 1), { title: name, names: { inputs: [name], outputs: [name] } }));
  expect(parse(svg).querySelector('script')).toBeNull();
  expect(texts(svg)[0]).toBe('<script>alert("1")</script> & ');
});

it('is as wide as a notebook shows', () => {
  for (const view of [maskView(fullMask(1, 1)), maskView(sparseMask(9, 4000, 3)), maskView(sparseMask(4000, 9, 3))]) {
    const width = Number(parse(draw(view)).getAttribute('width'));
    expect(width).toBeGreaterThanOrEqual(420);
    expect(width).toBeLessThanOrEqual(PICTURE_WIDTH);
  }
});

it('of nothing is drawn', () => {
  const empty = { inputs: 0, outputs: 0, indptr: new Uint32Array(1), indices: new Uint32Array(0) };
  expect(texts(draw(maskView(empty)))).toContain('0 of 0 connected (0 %)');
});
