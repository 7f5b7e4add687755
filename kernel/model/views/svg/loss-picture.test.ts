import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { lossView, type RunRecord } from '../loss-view.js';
import { lossPicture } from './loss-picture.js';

const draw = (...records: Partial<RunRecord>[]): string => lossPicture(lossView(records.map((record, at) => ({ name: `run ${at}`, history: {}, ...record }))));

function parse(svg: string) {
  const document = new new Window().DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document.documentElement;
}
const texts = (svg: string): string[] => [...parse(svg).querySelectorAll('text')].map(({ textContent }) => textContent ?? '');

describe('the picture of a training', () => {
  const svg = draw({ history: { loss: [2.3, 1, 0.4], val_loss: [2.4, 0.9, 1] }, steps: Array.from({ length: 30 }, (_, at) => 2 - at / 20) });

  it('has sentence, axes and legend on white', () => {
    expect(texts(svg)).toEqual(
      expect.arrayContaining(['Loss', 'Training loss fell from 2.3 to 0.4 over 3 epochs; best validation 0.9 at epoch 2; no NaN.', 'epoch', '0.5', '3', 'training', 'validation', 'training, each step', 'best epoch', 'best val 0.9 @ epoch 2']),
    );
    expect(parse(svg).querySelector('rect')!.getAttribute('fill')).toBe('#ffffff');
  });

  it('has training solid, validation dashed, a ring at the best epoch', () => {
    const [steps, training, validation] = parse(svg).querySelectorAll('polyline');
    expect([steps, training, validation].map((line) => line!.getAttribute('stroke-dasharray'))).toEqual([null, null, '6 4']);
    expect(validation!.getAttribute('points')!.split(' ')).toHaveLength(6);
    const ring = [...parse(svg).querySelectorAll('circle')].find((circle) => circle.getAttribute('r') === '5')!;
    const best = validation!.getAttribute('points')!.split(' ').slice(2, 4);
    expect([ring.getAttribute('cx'), ring.getAttribute('cy')]).toEqual(best);
  });

  it('goes down as the loss falls', () => {
    const numbers = parse(svg).querySelectorAll('polyline')[1]!.getAttribute('points')!.split(' ').map(Number);
    const [x, y] = [numbers.filter((_, at) => at % 2 === 0), numbers.filter((_, at) => at % 2 === 1)];
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(y).toEqual([...y].sort((a, b) => a - b));
  });

  it('of several runs names them', () => {
    expect(texts(draw({ name: 'masked', history: { loss: [2, 1] } }, { name: '<dense>', history: { loss: [2, 1] } }))).toEqual(expect.arrayContaining(['masked: training', '<dense>: training']));
  });

  it('shows at the edge, and says, what is not finite; the line is broken there', () => {
    const odd = draw({ history: { loss: [3, 2, NaN, 2, 1, Infinity, -Infinity, 1] } });
    expect(texts(odd)).toContain('At the edge: 1 point NaN, 1 infinite, 1 minus infinity.');
    expect([...parse(odd).querySelectorAll('path')].filter((path) => /Z$/.test(path.getAttribute('d') ?? ''))).toHaveLength(3);
    expect(parse(odd).querySelectorAll('polyline')).toHaveLength(2);
  });

  it('names several runs where their lines end, and shows how long early stopping waited', () => {
    expect(texts(draw({ name: 'masked', history: { loss: [2, 1] } }, { name: 'dense', history: { loss: [2, 1] } }))).toEqual(expect.arrayContaining(['masked', 'dense']));
    expect(parse(draw({ history: { loss: [2, 1, 3, 3, 3] }, patience: 3 })).querySelector('rect[fill-opacity]')).not.toBeNull();
    expect(texts(draw(...Array.from({ length: 8 }, () => ({ history: { loss: [1, 2] } }))))).toContain('The first 6 of 8 runs are drawn.');
  });

  it.each<[string, Partial<RunRecord>]>([
    ['no epoch', {}],
    ['one epoch', { history: { loss: [1] } }],
    ['NaN only', { history: { loss: [NaN, NaN] } }],
    ['a huge loss', { history: { loss: [1e30, 2e30] } }],
    ['no change', { history: { loss: [0, 0, 0] } }],
  ])('of %s has no NaN in it', (_, record) => {
    const picture = draw(record);
    expect(picture.replace(/<(text|title)[^>]*>[^<]*/g, '')).not.toMatch(/NaN|Infinity|undefined/);
    parse(picture);
  });
});
