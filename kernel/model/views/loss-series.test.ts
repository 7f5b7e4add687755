import { describe, expect, it } from 'vitest';
import { contrast, mix } from './colour.js';
import { epochRange, lossRange, lossSeries } from './loss-series.js';
import { lossView, type RunRecord } from './loss-view.js';
import { paletteFor } from './palette.js';

const view = (...records: Partial<RunRecord>[]) => lossView(records.map((record, at) => ({ name: 'ab'[at] ?? `run ${at}`, history: {}, ...record })));
const palette = paletteFor('light');

describe('the lines of a chart', () => {
  it('are training, validation and, behind them, steps', () => {
    const lines = lossSeries(view({ history: { loss: [2, 1], val_loss: [3, 2] }, steps: [2, 2, 1, 1] }), palette);
    expect(lines.map(({ kind, label }) => [kind, label])).toEqual([['steps', 'training, each step'], ['training', 'training'], ['validation', 'validation']]);
    expect(lines[1]!.colour).not.toEqual(lines[2]!.colour);
  });

  it('of several runs have one hue a run, named', () => {
    const lines = lossSeries(view({ history: { loss: [2], val_loss: [3] } }, { history: { loss: [1], val_loss: [1] } }), palette);
    expect(lines.map(({ label }) => label)).toEqual(['a: training', 'a: validation', 'b: training', 'b: validation']);
    // One family: validation is nearer to the text's colour.
    expect(lines[1]!.colour).toEqual(mix(lines[0]!.colour, palette.text, 0.3));
    expect(lines[0]!.colour).not.toEqual(lines[2]!.colour);
  });

  it('are smoothed before their raw selves, which stay behind and pale', () => {
    const lines = lossSeries(view({ history: { loss: [4, 2], val_loss: [3, 2] } }), palette, 0.5);
    expect(lines.map(({ label, raw }) => [label, raw])).toEqual([['training', true], ['validation', true], ['training, smoothed 0.5', undefined], ['validation, smoothed 0.5', undefined]]);
    expect([...lines[2]!.curve.y]).toEqual([4, 2 / 0.75]);
    expect(lines[0]!.colour).toEqual(mix(palette.background, lines[2]!.colour, 0.25));
  });

  it('are those of the first six runs', () => {
    expect(lossSeries(view(...Array.from({ length: 20 }, () => ({ history: { loss: [1] } }))), palette)).toHaveLength(6);
  });

  it('have steps that can be seen in high contrast', () => {
    for (const kind of ['high-contrast-dark', 'high-contrast-light'] as const) {
      const [steps] = lossSeries(view({ history: { loss: [2] }, steps: [1, 2] }), paletteFor(kind));
      expect(contrast(steps!.colour, paletteFor(kind).background)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('ranges', () => {
  it('of epochs reach to what will be trained', () => {
    expect(epochRange(view({ history: { loss: [1, 1] } }))).toEqual({ min: 0, max: 2 });
    expect(epochRange(view({ history: { loss: [1, 1] }, running: true, totalEpochs: 50 }))).toEqual({ min: 0, max: 50 });
    expect(epochRange(view({ history: { loss: [1, 1] }, totalEpochs: 50 }))).toEqual({ min: 0, max: 2 });
    expect(epochRange(view({}))).toEqual({ min: 0, max: 1 });
  });

  it.each([
    [[2.3, 0.1], { min: 0, max: 2.5 }],
    [[2.3, 2.1], { min: 2.1, max: 2.3 }],
    [[-5, -1], { min: -5, max: -1 }],
    [[2], { min: 0, max: 4 }],
    [[-2], { min: -4, max: 0 }],
    [[0], { min: 0, max: 1 }],
    [[NaN], { min: 0, max: 1 }],
  ])('of losses %j', (loss, range) => {
    const { min, max } = lossRange(view({ history: { loss } }));
    expect(min).toBeCloseTo(range.min, 9);
    expect(max).toBeCloseTo(range.max, 9);
  });

  it('of losses do not follow an outlying step, once there are epochs', () => {
    const steps = [1000, 1, 1, 1];
    expect(lossRange(view({ history: { loss: [2, 1] }, steps })).max).toBe(2);
    expect(lossRange(view({ history: { loss: [2] }, steps, stepsPerEpoch: 2 })).max).toBe(1000);
  });
});
