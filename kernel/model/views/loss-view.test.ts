import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLossView, parseLossView } from './loss-payload.js';
import { lossView, MAX_RUNS, type LossRun, type LossView, type RunRecord } from './loss-view.js';
import { MAX_VIEW_CHARS } from './media-types.js';
import { isProblem } from './problem.js';

const run = (record: Partial<RunRecord>): LossRun => lossView([{ name: 'a', history: {}, ...record }]).runs[0]!;
const points = ({ x, y }: { x: Float64Array; y: Float64Array }) => Array.from(x, (epoch, at) => [epoch, y[at]]);

describe('a loss view', () => {
  it('puts epochs at 1, 2, 3 and steps between', () => {
    const { training, validation, steps, epochs } = run({ history: { loss: [3, 2], val_loss: [4, 5] }, steps: [4, 3, 2.5, 1.5] });
    expect([points(training), points(validation!), epochs]).toEqual([[[1, 3], [2, 2]], [[1, 4], [2, 5]], 2]);
    expect(points(steps!)).toEqual([[0.5, 4], [1, 3], [1.5, 2.5], [2, 1.5]]);
  });

  it('places the steps of an epoch that is not over by the steps of an epoch', () => {
    expect(points(run({ history: { loss: [2] }, steps: [3, 2, 1], stepsPerEpoch: 2, running: true }).steps!)).toEqual([[0.5, 3], [1, 2], [1.5, 1]]);
  });

  it('has no steps when an epoch is one step: they are the curve', () => {
    expect(run({ history: { loss: [2, 1] }, steps: [2, 1] }).steps).toBeUndefined();
  });

  it('leaves single steps out where runs are compared, unless a run has nothing else', () => {
    const { runs } = lossView([{ name: 'a', history: { loss: [1] }, steps: [2, 1] }, { name: 'b', history: {}, steps: [2, 1], stepsPerEpoch: 9 }]);
    expect(runs.map(({ steps }) => steps?.x.length)).toEqual([undefined, 2]);
  });

  it.each([
    [{ loss: [3, 1, 2] }, { epoch: 2, value: 1, of: 'training' }],
    [{ loss: [3, 1, 2], val_loss: [9, 8, 7] }, { epoch: 3, value: 7, of: 'validation' }],
    [{ loss: [NaN], val_loss: [NaN, 3, NaN] }, { epoch: 2, value: 3, of: 'validation' }],
    [{ loss: [NaN] }, undefined],
  ])('of %j has its best epoch', (history, best) => expect(run({ history }).best).toEqual(best));

  it('says where the loss stopped being a number', () => {
    expect(run({ history: { loss: [1, 2, NaN] } })).toMatchObject({ notFiniteAt: 3, first: 1 });
    expect(run({ history: { loss: [1, Infinity] } }).last).toBeUndefined();
    expect(run({ history: { loss: [1, 2] }, steps: [1, 1, NaN, 2] }).notFiniteAt).toBe(1.5);
    expect(run({ history: { loss: [1, 2] } }).notFiniteAt).toBeUndefined();
  });

  it('does not mention an ordinary end', () => {
    expect(run({ stoppedBy: 'done' }).stoppedBy).toBeUndefined();
    expect(run({ stoppedBy: 'interrupt' }).stoppedBy).toBe('interrupt');
  });

  it('of the most runs, long ones, fits', () => {
    const loss = Array.from({ length: 20_000 }, (_, at) => Math.sin(at) + 2);
    const records = Array.from({ length: MAX_RUNS }, (_, k) => ({ name: `run ${k}`, history: { loss, val_loss: loss }, steps: [...loss, ...loss] }));
    const text = JSON.stringify(encodeLossView(lossView(records)));
    expect(text.length).toBeLessThanOrEqual(MAX_VIEW_CHARS);
    expect(isProblem(parseLossView(JSON.parse(text)))).toBe(false);
  });

  it('of one run with 100,000 steps is small enough for a file', () => {
    const steps = Array.from({ length: 100_000 }, (_, at) => 1 / (at + 1));
    expect(JSON.stringify(encodeLossView(lossView([{ name: 'a', history: { loss: [1] }, steps, stepsPerEpoch: 50_000 }]))).length).toBeLessThan(50_000);
  });
});

describe('a loss payload', () => {
  const good: LossView = lossView([{ name: 'a', history: { loss: [2, 1], val_loss: [3, 2] }, steps: [2, 2, 1, 1], totalEpochs: 4, running: true, stoppedBy: 'abort' }], { title: 'T' });
  const json = (): Record<string, unknown> => JSON.parse(JSON.stringify(encodeLossView(good))) as Record<string, unknown>;

  it('comes back as it was', () => expect(parseLossView(json())).toEqual(good));

  it('comes back as float32 for any losses', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity)), { maxLength: 60 }), (loss) => {
        const view = lossView([{ name: 'x', history: { loss } }]);
        expect(parseLossView(JSON.parse(JSON.stringify(encodeLossView(view))))).toEqual(view);
      }),
    );
  });

  const withRun = (change: object): unknown => ({ ...json(), runs: [{ ...(json().runs as object[])[0], ...change }] });
  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /expected an object/],
    ['another version', { ...json(), version: 9 }, /its version is 9/],
    ['runs that are no list', { ...json(), runs: 'many' }, /"runs" is "many"/],
    ['a million runs', { ...json(), runs: Array.from({ length: 1e6 }, () => 0) }, /expected a list of at most 24/],
    ['a run that is none', { ...json(), runs: [null] }, /run 0 is null/],
    ['no curve', withRun({ training: undefined }), /"training" is missing/],
    ['x without y', withRun({ training: { x: 'AACAPw==', y: '' } }), /as many x as y/],
    ['NaN in a curve', withRun({ training: { x: 'AADAfw==', y: 'AACAPw==' } }), /point 0 of a curve lies nowhere/],
    ['points that go back', withRun({ training: { x: 'AAAAQAAAgD8=', y: 'AACAPwAAgD8=' } }), /point 1 of a curve lies before/],
    ['epochs without end', withRun({ epochs: 1e99 }), /"epochs" is 1e\+99/],
    ['a best that is text', withRun({ best: '<b>' }), /"best" is "<b>"/],
    ['a name that is no text', withRun({ name: {} }), /"name" is an object/],
  ])('with %s: one sentence', (_, payload, message) => {
    const view = parseLossView(payload);
    expect(isProblem(view) && view.problem).toMatch(message);
  });
});
