import { describe, expect, it } from 'vitest';
import { observe, readMonitor, START, type EarlyStopping } from './monitor.js';

/** Feeds values epoch by epoch; says where it stopped and what was best. */
function watch(options: EarlyStopping | undefined, values: number[], names = ['loss']) {
  const monitor = readMonitor(options, names);
  let state = START;
  for (const [epoch, value] of values.entries()) {
    const seen = observe(monitor, state, epoch, value);
    state = seen;
    if (seen.stop) return { stoppedAt: epoch, bestEpoch: state.bestEpoch };
  }
  return { stoppedAt: undefined, bestEpoch: state.bestEpoch };
}

describe('early stopping', () => {
  it.each([
    ['waits for its patience', { patience: 2 }, [3, 2, 1, 1, 1, 0], { stoppedAt: 4, bestEpoch: 2 }],
    ['patience 0 stops at the first epoch that is no better', {}, [3, 2, 2, 1], { stoppedAt: 2, bestEpoch: 1 }],
    ['an improvement starts the wait anew', { patience: 2 }, [3, 3, 2, 2, 1], { stoppedAt: undefined, bestEpoch: 4 }],
    ['a change below minDelta is none', { patience: 1, minDelta: 0.5 }, [3, 2.8, 1], { stoppedAt: 1, bestEpoch: 0 }],
    ['larger is better for accuracies', { monitor: 'acc', patience: 1 }, [0.1, 0.5, 0.4], { stoppedAt: 2, bestEpoch: 1 }],
    ['mode says it', { mode: 'max', patience: 1 }, [1, 2, 1], { stoppedAt: 2, bestEpoch: 1 }],
    ['NaN is never best', { patience: 9 }, [NaN, 2, NaN], { stoppedAt: undefined, bestEpoch: 1 }],
    ['without options nothing stops', undefined, [1, 2, 3, 4], { stoppedAt: undefined, bestEpoch: 0 }],
  ] as const)('%s', (_name, options, values, expected) => {
    expect(watch(options, [...values], ['loss', 'acc'])).toEqual(expected);
  });

  it('monitors val_loss when there is one', () => {
    expect(readMonitor({}, ['loss', 'val_loss']).name).toBe('val_loss');
    expect(() => readMonitor({ monitor: 'val_acc' }, ['loss'])).toThrow(/expected one of loss/);
    expect(() => readMonitor({ patience: -1 }, ['loss'])).toThrow(/patience is -1/);
    expect(() => readMonitor({ mode: 'up' as never }, ['loss'])).toThrow(/mode is "up"/);
  });
});
