import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossView, type RunRecord } from '../loss-view.js';
import { runColours } from '../loss-series.js';
import { paletteFor } from '../palette.js';
import { spreadLabels } from './labels.js';
import { PLAIN_LOOK } from './look.js';
import { milestone } from './milestones.js';
import { oddityOf, oddPoints, oddText } from './odd-points.js';
import { epochRange, lossRange } from './ranges.js';

const view = (...records: Partial<RunRecord>[]) => lossView(records.map((record, at) => ({ name: `run ${at}`, history: {}, ...record })));

describe('the range of losses', () => {
  it('on a logarithmic axis has nothing of what is not above 0', () => {
    const { min, max } = lossRange(view({ history: { loss: [100, 0, -5, NaN, 0.01] } }), { ...PLAIN_LOOK, logY: true });
    expect([min < 0.01 && min > 0.001, max > 100 && max < 1000]).toEqual([true, true]);
  });

  it('of recent losses follows the end', () => {
    const loss = Array.from({ length: 100 }, (_, at) => 1000 / (at + 1));
    const { min, max } = lossRange(view({ history: { loss } }), { ...PLAIN_LOOK, recent: true });
    expect([min >= 9, max <= 14]).toEqual([true, true]);
  });

  it('is that of the epochs that are seen', () => {
    expect(lossRange(view({ history: { loss: [100, 5, 4, 4.5, 90] } }), { ...PLAIN_LOOK, epochs: { min: 2, max: 4 } })).toEqual({ min: 4, max: 5 });
  });

  it.each([[[NaN], true], [[0], true], [[-1, -2], true], [[2], true], [[Infinity], false], [[], false]])('of %j is a range all the same', (loss, logY) => {
    const { min, max } = lossRange(view({ history: { loss } }), { ...PLAIN_LOOK, logY });
    expect(Number.isFinite(min) && max > min && (!logY || min > 0)).toBe(true);
  });

  it('of epochs begins at the first point when it is logarithmic', () => {
    expect(epochRange(view({ history: { loss: [1] }, steps: [1, 1, 1, 1] }), true)).toEqual({ min: 0.25, max: 1 });
    expect(epochRange(view({}), true)).toEqual({ min: 1, max: 2 });
  });
});

describe('points without a place', () => {
  it.each([[NaN, false, 'nan'], [Infinity, true, 'infinite'], [-Infinity, false, 'low'], [0, true, 'low'], [0, false, undefined], [1e300, false, 'infinite'], [1, true, undefined]])('%d, log %j: %j', (value, logY, oddity) => expect(oddityOf(value, logY)).toBe(oddity));

  it('are counted', () => {
    const points = oddPoints({ x: Float64Array.of(1, 2, 3, 4, 5), y: Float64Array.of(NaN, 0, -1, 2, Infinity) }, true);
    expect(oddText(points, true)).toBe('At the edge: 1 point NaN, 1 infinite, 2 not above 0.');
    expect(oddText([], true)).toBeUndefined();
  });
});

describe('labels at the ends of lines', () => {
  it('keep their order and their distance, within the picture', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 6 }), (ends) => {
      const placed = spreadLabels(ends.map((y) => ({ text: String(y), y })), 13, 300).map(({ at }) => at);
      placed.forEach((at, k) => {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(300);
        if (k > 0) expect(at - placed[k - 1]!).toBeGreaterThanOrEqual(13 - 1e-9);
      });
    }));
  });
});

describe('hues of runs', () => {
  const palette = paletteFor('light');
  const colours = (...hues: (number | undefined)[]) => runColours(view(...hues.map((hue) => (hue === undefined ? {} : { hue }))).runs, palette).map((colour) => palette.runs.indexOf(colour));

  it('are those of the runs, whatever stands beside them', () => expect([colours(3), colours(5, 3), colours()]).toEqual([[3], [5, 3], []]));
  it('are never the same twice', () => expect(colours(2, 2, 10, undefined)).toEqual([2, 3, 4, 5]));
});

describe('milestones', () => {
  const at = (epochs: number, more: Partial<RunRecord> = {}) => view({ history: { loss: Array.from({ length: epochs }, (_, k) => 1 / (k + 1)) }, totalEpochs: 50, running: true, ...more });
  const say = (before: ReturnType<typeof at>, after: ReturnType<typeof at>) => milestone(before.runs[0], after.runs[0]!, after);

  it('are every tenth, NaN and the end', () => {
    expect(say(at(4), at(5))).toBe('10 % done, epoch 5 of 50, loss 0.2, the best so far 0.2 at epoch 5.');
    expect(say(at(5), at(9))).toBeUndefined();
    expect(say(at(5), at(5, { history: { loss: [1, 1, 1, 1, 1, NaN] } }))).toMatch(/^The loss is NaN or infinite, first in epoch 6/);
    expect(say(at(49), at(50, { running: false }))).toBe('Training loss fell from 1 to 0.02 over 50 epochs; no NaN.');
  });

  it('are none for a curve that was over before', () => expect(milestone(undefined, at(9, { running: false }).runs[0]!, at(9))).toBeUndefined());
});
