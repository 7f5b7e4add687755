import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../problem.js';
import { AT_START, livePoints, LiveRun, mergeEpochs, parseLivePoints, type Cursor, type LivePoints } from './live-points.js';
import { RunTracker, type RunRecord } from './run-summary.js';
import { quantize, type WeightEpochs } from './snapshots.js';

const parsed = (json: unknown): LivePoints => {
  const points = parseLivePoints(JSON.parse(JSON.stringify(json)));
  if (isProblem(points)) throw new Error(points.problem);
  return points;
};
const record = (epochs: number, steps: number, perEpoch = 4): RunRecord => ({
  name: 'a',
  history: { loss: Array.from({ length: epochs }, (_, k) => 1 / (k + 1)), val_loss: Array.from({ length: epochs }, (_, k) => 2 / (k + 1)) },
  steps: Array.from({ length: steps }, (_, k) => Math.fround(k / 10)),
  stepsPerEpoch: perEpoch,
  running: true,
});
const weights = (epochs: number[]): WeightEpochs => ({ epochs, layers: [{ key: 'k', name: 'n', connections: 2, states: epochs.map((epoch) => quantize(Float32Array.of(epoch, -1))) }] });

describe('points of a running training', () => {
  it('arrive as they were, whatever is told when', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 10 }), (parts) => {
        const live = new LiveRun();
        const tracker = new RunTracker();
        let steps = 0;
        let cursor: Cursor = AT_START;
        for (const part of parts) {
          steps += part;
          const now = record(Math.floor(steps / 4), steps);
          const { message, next } = livePoints(now, tracker.see(now), 4, cursor);
          expect(live.take(parsed(message))).toBe(true);
          cursor = next;
        }
        expect(live.cursor).toEqual(cursor);
        expect([...(live.run?.steps?.y ?? [])]).toEqual(record(0, steps).steps);
        expect(live.run?.steps?.x.at(-1) ?? 0).toBe(steps / 4);
        expect(live.run?.epochs).toBe(Math.floor(steps / 4));
      }),
    );
  });

  it('go in messages of bounded size', () => {
    const long = record(10, 100_000, 10_000);
    const summary = new RunTracker().see(long);
    const live = new LiveRun();
    let cursor: Cursor = AT_START;
    let messages = 0;
    while (cursor.steps < 100_000) {
      const { message, next } = livePoints(long, summary, 10_000, cursor);
      expect(JSON.stringify(message).length).toBeLessThan(100_000);
      live.take(parsed(message));
      cursor = next;
      messages++;
    }
    expect([messages, live.cursor]).toEqual([7, { training: 10, validation: 10, steps: 100_000 }]);
  });

  it('with a gap are not taken', () => {
    const live = new LiveRun();
    const now = record(1, 6);
    expect(live.take(parsed(livePoints(now, new RunTracker().see(now), 4, { ...AT_START, steps: 2 }).message))).toBe(false);
    expect(live.run).toBeUndefined();
  });

  it('of single steps an epoch have no steps beside the epochs', () => {
    const now = record(3, 3, 1);
    const live = new LiveRun();
    live.take(parsed(livePoints(now, new RunTracker().see(now), 1, AT_START).message));
    expect([live.run?.steps, live.run?.training.y.length]).toEqual([undefined, 3]);
  });

  it('bring weights along, the newer of an epoch twice told', () => {
    const merged = mergeEpochs(weights([0, 1, 5]), weights([5, 9]));
    expect(merged.epochs).toEqual([0, 1, 5, 9]);
    expect(merged.layers[0]!.states).toHaveLength(4);
    expect(mergeEpochs(weights([0]), { epochs: [1], layers: [] })).toEqual({ epochs: [1], layers: [] });
    expect(mergeEpochs(weights(Array.from({ length: 64 }, (_, k) => k)), weights([70])).epochs).toEqual([0, ...Array.from({ length: 62 }, (_, k) => k + 2), 70]);
  });

  const good = () => JSON.parse(JSON.stringify(livePoints(record(1, 4), new RunTracker().see(record(1, 4)), 4, AT_START).message)) as Record<string, unknown>;
  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /expected an object/],
    ['another version', { ...good(), version: 2 }, /version is 2/],
    ['steps that are none', { ...good(), steps: 'AAA' }, /"steps" holds no losses/],
    ['no run', { ...good(), run: 'a' }, /"run" is "a"/],
    ['no steps an epoch', { ...good(), stepsPerEpoch: 0 }, /"stepsPerEpoch" is 0/],
  ])('from %s are one sentence', (_, json, message) => {
    const points = parseLivePoints(json);
    expect(isProblem(points) && points.problem).toMatch(message);
  });
});
