import { expect, it, vi } from 'vitest';
import { followEpochs, leaveEpochs, showEpoch, type EpochFrame } from './epochs.js';

const frame = (key: string, ...weights: number[]): EpochFrame => ({ key, epoch: 3, label: 'epoch 3', weights: Float32Array.of(...weights), limit: 2 });

it('views of the same weights follow, those of others do not', () => {
  const [a, b] = [vi.fn(), vi.fn()];
  const end = followEpochs('a', 2, a);
  followEpochs('b', 2, b);
  showEpoch(frame('a', 1, 2));
  leaveEpochs('a');
  leaveEpochs('a');
  end();
  showEpoch(frame('a', 3, 4));
  expect(a.mock.calls).toEqual([[frame('a', 1, 2)], [undefined]]);
  expect(b).not.toHaveBeenCalled();
});

it('a view that comes later is told at once', () => {
  const follow = vi.fn();
  showEpoch(frame('late', 1));
  followEpochs('late', 1, follow);
  expect(follow).toHaveBeenCalledExactlyOnceWith(frame('late', 1));
});

it('weights of another mask are not for this view', () => {
  const follow = vi.fn();
  followEpochs('mask', 5, follow);
  showEpoch(frame('mask', 1, 2));
  expect(follow.mock.calls).toEqual([[undefined]]);
});

it('renderers of two bundles meet', async () => {
  vi.resetModules();
  const other = await import('./epochs.js');
  const follow = vi.fn();
  other.followEpochs('shared', 1, follow);
  showEpoch(frame('shared', 7));
  expect(follow).toHaveBeenCalledTimes(1);
});
