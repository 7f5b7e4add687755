import { describe, expect, it, vi } from 'vitest';
import { removeHost } from '../../../test/support/host.js';
import { liveHost } from '../../../test/support/live-host.js';
import { parseLossView } from '../../model/views/loss-payload.js';
import { LOSS_MIME } from '../../model/views/media-types.js';
import { startLiveLoss } from './live-loss.js';

describe('the live curve of a training', () => {
  const host = liveHost();

  function train(epochs: number, stepsPerEpoch: number, msPerStep: number): void {
    const live = startLiveLoss({ totalEpochs: epochs, stepsPerEpoch });
    const history: { loss: number[] } = { loss: [] };
    const steps: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let step = 0; step < stepsPerEpoch; step++) {
        steps.push(1 / (steps.length + 1));
        vi.advanceTimersByTime(msPerStep);
        live.update({ history, steps });
      }
      history.loss.push(1 / (epoch + 1));
      live.epoch({ history, steps });
    }
    live.end({ history, steps, stoppedBy: 'done' });
  }

  it('is one display; without a renderer that listens it is replaced now and then', () => {
    train(10, 20, 10);
    expect(new Set(host().shown.map(({ displayId }) => displayId)).size).toBe(1);
    expect(host().shown.map(({ update }) => update)).toEqual([false, ...Array.from({ length: host().shown.length - 1 }, () => true)]);
    // 2 s of training: at its beginning, after 1 s, half a second later, at its end.
    expect(host().shown.length).toBeGreaterThanOrEqual(4);
    expect(host().shown.length).toBeLessThanOrEqual(5);
  });

  it('has a picture in its first and its last state', () => {
    train(10, 20, 10);
    const pictures = host().shown.map(({ picture }) => picture !== undefined);
    expect([pictures[0], pictures.at(-1), pictures.filter(Boolean).length]).toEqual([true, true, 2]);
  });

  it('tells where it is, and how it ended', () => {
    train(4, 10, 50);
    expect(host().texts[0]).toMatch(/^Training, epoch 0 of 4: loss/);
    expect(host().texts.at(-1)).toBe('Training loss fell from 1 to 0.25 over 4 epochs; no NaN.');
    expect(parseLossView(host().shown.at(-1)!.data[LOSS_MIME])).toMatchObject({ runs: [{ running: false, epochs: 4, totalEpochs: 4 }] });
  });

  it('of a moment is shown all the same', () => {
    train(1, 1, 0);
    expect(host().texts.at(-1)).toBe('Training loss is 1 after 1 epoch; no NaN.');
  });

  it('that never had an update is shown at its end', () => {
    startLiveLoss({ totalEpochs: 3, stepsPerEpoch: 1 }).end({ history: {}, steps: [], stoppedBy: 'interrupt' });
    expect(host().texts).toEqual(['Training loss has no value yet; interrupted.']);
  });

  it('reads nothing of a snapshot that is not due', () => {
    const live = startLiveLoss({ totalEpochs: 1, stepsPerEpoch: 10 });
    live.update({ history: {}, steps: [1] });
    const unread = { get history(): never { throw new Error('read'); }, get steps(): never { throw new Error('read'); } };
    for (let call = 0; call < 1000; call++) live.update(unread);
    expect(host().shown).toHaveLength(1);
  });

  it('prints its end in a plain script', () => {
    removeHost();
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    train(2, 5, 200);
    expect(log.mock.calls).toEqual([['Training loss fell from 1 to 0.5 over 2 epochs; no NaN.']]);
    log.mockRestore();
  });
});
