/** How far a training is, and how long it will take. */
import { formatNumber } from '../format.js';

export interface Timing {
  /** Seconds since the training began. */
  readonly elapsed: number;
  /** Seconds an epoch: a moving average of the last ten. */
  readonly perEpoch?: number;
}

export interface Progress {
  /** Epochs done, with the part of the one that is under way. */
  readonly done: number;
  /** Epochs that were asked for. */
  readonly total: number;
  readonly timing?: Timing;
}

/** Before that an estimate would jump about. */
export const ESTIMATE_FROM_S = 3;
const EPOCHS_AVERAGED = 10;

/** The average after one more epoch. */
export const averageEpoch = (average: number | undefined, seconds: number): number =>
  average === undefined ? seconds : average + (2 / (EPOCHS_AVERAGED + 1)) * (seconds - average);

/** Seconds that are left; undefined while nobody can tell. */
export function secondsLeft({ done, total, timing }: Progress): number | undefined {
  if (!timing || timing.elapsed < ESTIMATE_FROM_S || done <= 0) return undefined;
  return Math.max(0, total - done) * (timing.perEpoch ?? timing.elapsed / done);
}

/** `epoch 37/200 · 1.3 s/epoch · about 3 min left` */
export function progressText(progress: Progress): string {
  const left = secondsLeft(progress);
  const { timing, total, done } = progress;
  return [
    `epoch ${Math.min(total, Math.floor(done))}/${total}`,
    ...(timing?.perEpoch !== undefined && left !== undefined ? [`${formatDuration(timing.perEpoch)}/epoch`] : []),
    ...(left !== undefined && left > 0 ? [`about ${formatDuration(left)} left`] : []),
  ].join(' · ');
}

/** Two parts at most, whole above ten seconds: `40 ms`, `1.3 s`, `25 s`, `3 min`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.9995) return `${formatNumber(Math.max(0, seconds * 1000))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 ? ` ${minutes % 60} min` : ''}`;
}
