import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, maskOf, sparseMask } from '../../../../test/support/masks.js';
import { inDegree } from '../../mask-data.js';
import { MAX_VIEW_CHARS } from '../media-types.js';
import { contrast, rgb } from '../colour.js';
import { paletteFor } from '../palette.js';
import { degreesPicture } from '../svg/degrees-picture.js';
import { measureText } from '../svg/text.js';
import { binDegrees, expectedUnits, MAX_BARS, unitsOfBin } from './bins.js';
import { degreesView, encodeDegreesView, parseDegreesView } from './degrees-view.js';
import { barColours, degreesScene } from './scene.js';
import { barText, degreesSentence } from './sentence.js';

const A = maskOf('XX..', '.X..', '.XX.');
const view = degreesView(A, { title: 'A' });

describe('bins', () => {
  const histogram = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 30 }).map((list) => Uint32Array.from(list).sort());

  it('hold every unit once, have whole ends, and leave 0 alone', () => {
    fc.assert(fc.property(histogram, (degrees) => {
      const counts = degrees.map((degree) => (degree % 7) + 1);
      const bins = binDegrees({ degrees, counts });
      expect(bins.reduce((sum, { units }) => sum + units, 0)).toBe(counts.reduce((sum, count) => sum + count, 0));
      expect(bins.length).toBeLessThanOrEqual(MAX_BARS + 2);
      bins.forEach(({ first, last }, at) => {
        expect(Number.isInteger(first) && Number.isInteger(last) && first <= last).toBe(true);
        if (at > 0 && bins[at - 1]!.first > 0) expect(first).toBe(bins[at - 1]!.last + 1);
      });
      expect(bins.some(({ first, last }) => first === 0 && last > 0)).toBe(false);
    }));
  });

  it('are one a degree while there are few', () => {
    expect(binDegrees(view.inSide)).toEqual([{ first: 0, last: 0, units: 1 }, { first: 1, last: 1, units: 2 }, { first: 2, last: 2, units: 0 }, { first: 3, last: 3, units: 1 }]);
    expect(binDegrees({ degrees: new Uint32Array(0), counts: new Uint32Array(0) })).toEqual([]);
  });

  it('expect of a random mask what the binomial distribution says', () => {
    const all = Array.from({ length: 11 }, (_, degree) => ({ first: degree, last: degree, units: 0 }));
    const expected = expectedUnits({ units: 100, most: 10 }, 0.5, all);
    expect(expected[5]).toBeCloseTo((100 * 252) / 1024, 9);
    expect(expected.reduce((sum, units) => sum + units, 0)).toBeCloseTo(100, 9);
    // Nothing underflows with 10,000 trials; the mean is 100.
    const [middle = 0] = expectedUnits({ units: 1, most: 10_000 }, 0.01, [{ first: 70, last: 130, units: 0 }]);
    expect(middle).toBeGreaterThan(0.99);
    expect(middle).toBeLessThanOrEqual(1);
    expect(expectedUnits({ units: 4, most: 3 }, 1, [{ first: 0, last: 0, units: 0 }, { first: 3, last: 3, units: 4 }])).toEqual([0, 4]);
  });

  it('know their units', () => {
    expect(unitsOfBin(view.inSide, { first: 1, last: 1, units: 2 })).toEqual([0, 2]);
    fc.assert(fc.property(anyMask(), (mask) => {
      const { inSide } = degreesView(mask);
      const degrees = inDegree(mask);
      for (const bin of binDegrees(inSide)) for (const unit of unitsOfBin(inSide, bin)!) expect(degrees[unit]! >= bin.first && degrees[unit]! <= bin.last).toBe(true);
    }));
  });
});

describe('a degrees view', () => {
  it('goes through JSON and back', () => {
    fc.assert(fc.property(anyMask(), (mask) => {
      const before = degreesView(mask, { title: 'T' });
      expect(parseDegreesView(JSON.parse(JSON.stringify(encodeDegreesView(before))))).toEqual(before);
    }));
  });

  it('of a million units is a histogram within the payload', () => {
    const large = degreesView(sparseMask(400_000, 50, 2));
    const json = JSON.stringify(encodeDegreesView(large));
    expect(json.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    const back = parseDegreesView(JSON.parse(json));
    expect(back).toMatchObject({ nnz: 800_000, outSide: { units: 400_000 } });
    expect('outSide' in back && back.outSide.byUnit).toBe(undefined);
  });

  it.each<[string, object, RegExp]>([
    ['another version', { version: 2 }, /its version is 2/],
    ['counts that do not sum up', { outputs: 5 }, /counts 4 units with 5 connections, expected 5 with 5/],
    ['10⁹ rows', { inputs: 1e9 }, /"inputs" is 1000000000/],
    ['no histogram', { inSide: 5 }, /"inSide" is 5, expected an object/],
  ])('with %s is a sentence', (_, change, message) => expect(parseDegreesView({ ...encodeDegreesView(view), ...change })).toEqual({ problem: expect.stringMatching(message) }));

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void parseDegreesView(value)));
  });

  it('says what there is', () => {
    expect(degreesSentence(view)).toBe('Degrees of “A”: 3 inputs × 4 outputs, 5 of 12 connected (41.7 %). Inputs per output: 0 to 3, most often 1 (2 outputs). Outputs per input: 1 to 2, most often 2 (2 inputs). 1 output without inputs (3).');
    expect(barText(view.inSide, 'in', { first: 1, last: 1, units: 2 }, 1.24)).toBe('2 outputs with 1 input (at random 1.2): 0, 2');
  });
});

describe('the drawing of degrees', () => {
  it('has bars as high as their units, the one of 0 in the colour of a warning', () => {
    const { bars, curves } = degreesScene(view, paletteFor('light'), 700, measureText);
    const inBars = bars.filter(({ kind }) => kind === 'in');
    expect(inBars.map(({ isWarning }) => isWarning)).toEqual([true, false, false, false]);
    expect(inBars[1]!.height / inBars[0]!.height).toBeCloseTo(2);
    expect(curves).toHaveLength(2);
    expect(degreesScene(view, paletteFor('light'), 700, measureText, false).curves).toEqual([]);
  });

  it('stands one below the other where there is little room', () => {
    const narrow = degreesScene(view, paletteFor('light'), 300, measureText);
    expect(Math.max(...narrow.bars.map(({ x, width }) => x + width))).toBeLessThanOrEqual(300);
    expect(narrow.height).toBeGreaterThan(degreesScene(view, paletteFor('light'), 700, measureText).height);
  });

  it.each(['light', 'dark', 'high-contrast-dark', 'high-contrast-light'] as const)('is seen in %s', (kind) => {
    const palette = paletteFor(kind);
    for (const colour of Object.values(barColours(palette))) expect(contrast(rgb(colour), palette.background)).toBeGreaterThanOrEqual(3);
  });

  it('of empty, full and odd masks is made', () => {
    for (const mask of [maskOf('.'), maskOf('X'), maskOf('...', '...'), sparseMask(5000, 3000, 400)]) expect(degreesPicture(degreesView(mask))).toMatch(/^<svg .*<\/svg>$/s);
    expect(degreesPicture(degreesView(A, { title: '<b>' }))).not.toContain('<b>');
  });
});
