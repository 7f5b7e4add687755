/**
 * The epoch that the reader looks at, for every view of a notebook: the scrubber under a loss curve moves it, views of the same
 * weights follow.
 */
import { pageWide } from './page-wide.js';

export interface EpochFrame {
  /** Which weights: `follows` of a kernel view's payload. */
  readonly key: string;
  /** 0 before the first epoch. */
  readonly epoch: number;
  /** `epoch 12`, `epoch 12 (best)`, `before training`. */
  readonly label: string;
  /** Live weights in CSR order. */
  readonly weights: Float32Array;
  /** max |w| over all epochs that can be looked at: a scale that stays the same while the reader moves between them. */
  readonly limit: number;
}

type Follower = (frame: EpochFrame | undefined) => void;

interface Shared {
  readonly frames: Map<string, EpochFrame>;
  readonly followers: Map<string, Set<Follower>>;
}

const shared = (): Shared => pageWide('patchbay.epochs', () => ({ frames: new Map(), followers: new Map() }));

/**
 * Calls back with the weights of the epoch that the reader moves to, at once when there is one, and with undefined when the view
 * shows its own weights again. A frame of another number of weights (the mask has changed since) is not for this view.
 *
 * @param connections how many live weights the view has
 * @returns what ends it
 */
export function followEpochs(key: string, connections: number, follow: Follower): () => void {
  const { followers, frames } = shared();
  const own: Follower = (frame) => follow(frame?.weights.length === connections ? frame : undefined);
  const group = followers.get(key) ?? new Set();
  followers.set(key, group.add(own));
  const now = frames.get(key);
  if (now) own(now);
  return () => void group.delete(own);
}

/** Moves every view of these weights to an epoch. */
export function showEpoch(frame: EpochFrame): void {
  const { followers, frames } = shared();
  frames.set(frame.key, frame);
  for (const follow of followers.get(frame.key) ?? []) follow(frame);
}

/** The views show their own weights again. */
export function leaveEpochs(key: string): void {
  const { followers, frames } = shared();
  if (!frames.delete(key)) return;
  for (const follow of followers.get(key) ?? []) follow(undefined);
}
