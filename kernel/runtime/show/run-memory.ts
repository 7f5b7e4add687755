/** What is known of a run beside its losses, by the `history` that it and its views share. */
import type { RunRecord } from '../../model/views/loss-view.js';
import type { WeightHistory } from './weight-history.js';

export interface RunMemory extends Pick<RunRecord, 'stepsPerEpoch' | 'totalEpochs' | 'patience'> {
  readonly hue: number;
  readonly weights?: WeightHistory;
}

const memories = new WeakMap<object, RunMemory>();
let hues = 0;

/** Of a training that begins. */
export function rememberRun(history: object, known: Omit<RunMemory, 'hue'>): RunMemory {
  const memory = { ...known, hue: hues++ };
  memories.set(history, memory);
  return memory;
}

/** A run that nobody has remembered gets its colour the first time that it is shown. */
export const memoryOf = (history: object): RunMemory => memories.get(history) ?? rememberRun(history, {});
