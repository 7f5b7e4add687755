/** Values that move from one number to another between two optimizer steps. */
import { ArgumentError } from '../argument-error.js';

export type ScheduleName = 'constant' | 'linear' | 'polynomial' | 'cosine';

/** How much of the way is left at progress 0 … 1. The polynomial is that of Zhu & Gupta 2017 ("To prune, or not to prune"), the cosine that of RigL. */
const LEFT: Readonly<Record<ScheduleName, (progress: number) => number>> = {
  constant: () => 0,
  linear: (progress) => 1 - progress,
  polynomial: (progress) => (1 - progress) ** 3,
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
};

/** @throws ArgumentError that lists the schedules */
export function checkSchedule(argument: string, name: unknown): ScheduleName {
  const known = Object.keys(LEFT).find((each) => each === name);
  if (known === undefined) throw new ArgumentError(argument, name, `one of ${Object.keys(LEFT).map((each) => `'${each}'`).join(', ')}`);
  // SAFETY: a key of LEFT.
  return known as ScheduleName;
}

/** The share of the whole way, 1 … 0, that is left at `step`; `end` of undefined never comes. */
export function leftAt(name: ScheduleName, step: number, begin: number, end: number | undefined): number {
  const progress = end === undefined ? 0 : end <= begin ? 1 : Math.min(1, Math.max(0, (step - begin) / (end - begin)));
  return LEFT[name](progress);
}

/** When something happens, in optimizer steps. */
export interface Timing {
  readonly begin: number;
  readonly every: number;
  readonly end: number | undefined;
}

/** Whether it happens after `step` steps: at begin, at every `every`-th step from there, and at end; not later. */
export const isDue = (step: number, timing: Timing): boolean => nextDue(step, timing) === step;

/** The first step from `step` on after which it happens; Infinity when there is none. */
export function nextDue(step: number, timing: Timing): number {
  const { begin, every, end } = timing;
  const next = begin + Math.ceil(Math.max(0, step - begin) / every) * every;
  if (end === undefined || next <= end) return next;
  return step <= end ? end : Infinity;
}
