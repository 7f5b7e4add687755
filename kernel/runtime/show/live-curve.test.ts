/** A training and the renderers of its curve. */
import { describe, expect, it, vi } from 'vitest';
import { liveHost } from '../../../test/support/live-host.js';
import { LiveRun, parseLivePoints } from '../../model/views/loss/live-points.js';
import { parseLossView } from '../../model/views/loss-payload.js';
import { LOSS_MIME } from '../../model/views/media-types.js';
import { isProblem } from '../../model/views/problem.js';
import { startLiveLoss, type LiveLoss, type LiveLossOptions } from './live-loss.js';

/** A layer of two connections whose weights are the epoch. */
class Layer {
  readonly name = 'wired';
  readonly mask = { data: { inputs: 2, outputs: 1, indptr: Uint32Array.of(0, 1, 2), indices: Uint32Array.of(0, 0) } };
  weights = Float32Array.of(0, 0);
  liveWeights(): Float32Array {
    return this.weights.slice();
  }
}

describe('a renderer of a live curve', () => {
  const host = liveHost();

  class Training {
    readonly history = { loss: [] as number[], val_loss: [] as number[] };
    readonly steps: number[] = [];
    readonly layer = new Layer();
    readonly live: LiveLoss;
    constructor(options: Partial<LiveLossOptions> = {}) {
      this.live = startLiveLoss({ totalEpochs: 100, stepsPerEpoch: 10, layers: [this.layer], history: this.history, ...options });
    }
    epochs(count: number, loss = (epoch: number) => 1 / epoch, ms = 10): void {
      for (let epoch = 0; epoch < count; epoch++) {
        for (let step = 0; step < 10; step++) {
          vi.advanceTimersByTime(ms);
          this.steps.push(loss(this.history.loss.length + 1));
          this.live.update(this);
        }
        this.history.loss.push(loss(this.history.loss.length + 1));
        this.history.val_loss.push(2 * loss(this.history.loss.length));
        this.layer.weights.fill(this.history.loss.length);
        this.live.epoch(this);
      }
    }
    end(stoppedBy = 'done'): void {
      this.live.end({ ...this, stoppedBy });
    }
  }

  const lastView = () => {
    const view = parseLossView(host().shown.at(-1)?.data[LOSS_MIME]);
    if (isProblem(view)) throw new Error(view.problem);
    return view;
  };
  const open = (id = 'a'): boolean => host().commListener({ type: 'comm_open', id, target: 'patchbay.view', data: { view: lastView().live }, metadata: {}, buffers: [] });
  const say = (data: unknown, id = 'a'): boolean => host().commListener({ type: 'comm_msg', id, data, metadata: {}, buffers: [] });
  const heard = (id = 'a'): LiveRun => {
    const run = new LiveRun();
    for (const message of host().comms) {
      if (message.id !== id || message.type !== 'comm_msg') continue;
      const points = parseLivePoints(message.data);
      if (isProblem(points)) throw new Error(points.problem);
      if (points.from.steps === 0 && points.from.training === 0) Object.assign(run, new LiveRun());
      expect(run.take(points)).toBe(true);
    }
    return run;
  };

  it('hears of every point, ten times a second at most, while the output stays as it was', () => {
    const training = new Training();
    training.epochs(1);
    open();
    const shown = host().shown.length;
    const told = host().comms.length;
    training.epochs(30);
    expect(host().shown).toHaveLength(shown);
    // 3 s.
    expect(host().comms.length - told).toBeGreaterThan(20);
    expect(host().comms.length - told).toBeLessThanOrEqual(31);
    vi.advanceTimersByTime(100);
    training.live.update(training);
    expect(heard().cursor).toEqual({ training: 31, validation: 31, steps: 310 });
    expect(heard().run).toMatchObject({ running: true, epochs: 31, totalEpochs: 100, best: { epoch: 31, of: 'validation' }, timing: { perEpoch: expect.closeTo(0.1, 5) } });
  });

  it('that comes late hears everything, and each hears its own', () => {
    const training = new Training();
    training.epochs(20);
    open('a');
    training.epochs(2);
    open('b');
    expect(heard('b').cursor.steps).toBeGreaterThanOrEqual(heard('a').cursor.steps);
  });

  it('hears everything again when it has missed something', () => {
    const training = new Training();
    training.epochs(3);
    open();
    host().comms.length = 0;
    say({ type: 'all' });
    expect(heard().cursor.steps).toBeGreaterThanOrEqual(20);
  });

  it('stops the training', () => {
    const training = new Training();
    training.epochs(1);
    open();
    say({ type: 'something' });
    say('stop');
    expect(training.live.stopRequested).toBe(false);
    say({ type: 'stop' });
    expect(training.live.stopRequested).toBe(true);
  });

  it('that closes is told no more, and the output is replaced again', () => {
    const training = new Training();
    training.epochs(1);
    open();
    host().commListener({ type: 'comm_close', id: 'a', data: {}, metadata: {}, buffers: [] });
    const told = host().comms.length;
    training.epochs(20);
    expect(host().comms).toHaveLength(told);
    expect(host().shown.length).toBeGreaterThan(2);
  });

  it('gets the weights of the planned epochs, of the best and of the last', () => {
    const training = new Training();
    training.epochs(1);
    open();
    training.epochs(52, (epoch) => (epoch === 33 ? 0 : 1 / (1 + epoch)));
    training.layer.weights.fill(53.5);
    training.end('abort');
    const { epochs, layers } = heard().run!.weights!;
    expect(epochs).toEqual(expect.arrayContaining([0, 1, 20, 33, 53]));
    expect(layers[0]).toMatchObject({ key: expect.stringContaining('wired'), name: 'wired', connections: 2 });
    expect(layers[0]!.states.at(-1)!.scale * 127).toBeCloseTo(53.5, 3);
  });

  it('finds the last state in the output, once, with weights and picture', () => {
    const training = new Training({ patience: 5, name: 'mine' });
    training.epochs(3);
    open();
    training.epochs(20);
    training.end();
    expect(host().shown.filter(({ picture }) => picture !== undefined)).toHaveLength(2);
    expect(lastView().runs[0]).toMatchObject({ name: 'mine', running: false, epochs: 23, patience: 5, weights: { epochs: expect.arrayContaining([0, 23]) } });
    expect(heard().run).toMatchObject({ running: false, epochs: 23 });
  });

  it('of a run that is over hears of it while it is one of the last eight', () => {
    const first = new Training();
    first.epochs(2);
    first.end();
    open('late');
    expect(heard('late').run).toMatchObject({ running: false, epochs: 2 });
    say({ type: 'stop' }, 'late');
    expect(first.live.stopRequested).toBe(false);
    const view = lastView().live;
    for (let run = 0; run < 8; run++) {
      const next = new Training();
      next.epochs(1);
      next.end();
    }
    expect(host().comms.at(-1)).toMatchObject({ type: 'comm_close', id: 'late' });
    host().commListener({ type: 'comm_open', id: 'later', target: 'patchbay.view', data: { view }, metadata: {}, buffers: [] });
    expect(host().comms.at(-1)).toMatchObject({ type: 'comm_close', id: 'later', data: { reason: 'unknown view' } });
  });

  it('costs a training of 100,000 steps little, whether it listens or not', () => {
    vi.useRealTimers();
    const perStep = (listens: boolean): number => {
      const training = new Training({ totalEpochs: 1, stepsPerEpoch: 100_000 });
      training.steps.push(1);
      training.live.update(training);
      if (listens) open(`cost ${listens}`);
      const { steps } = training;
      const before = process.cpuUsage();
      // At most ten updates a second: a hundred of them would be those of ten seconds.
      for (let step = 1; step < 100_000; step++) {
        steps.push(1 / step);
        training.live.update(training);
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / 100_000;
    };
    perStep(false);
    // ms of processor time; the fastest training step, of a handful of weights, takes 0.3 ms: 5 % of it are 0.015.
    expect(Math.min(perStep(false), perStep(false), perStep(false))).toBeLessThan(0.005);
    expect(Math.min(perStep(true), perStep(true), perStep(true))).toBeLessThan(0.005);
  });

  it('is told 10,000 points in a few milliseconds of processor time: ten times a second that is within 5 % of it', () => {
    vi.useRealTimers();
    const training = new Training({ totalEpochs: 1, stepsPerEpoch: 10_000 });
    training.steps.push(1);
    training.live.update(training);
    const costs = Array.from({ length: 7 }, (_, turn) => {
      open(`all ${turn}`);
      training.steps.push(...Array.from({ length: 10_000 - training.steps.length }, (_, step) => 1 / (step + 1)));
      const before = process.cpuUsage();
      say({ type: 'all' }, `all ${turn}`);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    expect(Math.min(...costs)).toBeLessThan(5);
  });

  it('of a model whose mask changed gets no weights', () => {
    const training = new Training();
    training.epochs(1);
    open();
    training.layer.mask.data = { inputs: 1, outputs: 1, indptr: Uint32Array.of(0, 1), indices: Uint32Array.of(0) };
    training.layer.weights = Float32Array.of(1);
    training.epochs(5);
    training.end();
    expect(lastView().runs[0]!.weights).toBeUndefined();
  });
});
