import type { Output } from '../../../kernel/protocol/messages.js';
import type { RunId } from '../../kernel-client/events.js';
import { placeOutput } from './outputs.js';
import type { RunEffect, RunState, Step } from './state.js';
import type { CellId, Write } from './writes.js';

/** Places an output under the cell of its run: at once where that cell runs, gathered for later where it does not. */
export function addOutput(state: RunState, run: RunId, output: Output): Step {
  const cell = state.cellOf.get(run);
  if (cell === undefined) return { state, effects: [] };
  const { outputs, writes } = placeOutput(state.outputs, cell, output);
  const effects: RunEffect[] = [];
  const late = new Map(state.late);
  for (const place of writes) {
    if (state.running?.cell === place.cell) effects.push({ type: 'write', run: state.running.run, write: place.write });
    else late.set(place.cell, [...(late.get(place.cell) ?? []), place.write]);
  }
  const lateScheduled = state.lateScheduled || late.size > 0;
  if (lateScheduled && !state.lateScheduled) effects.push({ type: 'scheduleLate' });
  const isError = output.msg_type === 'error';
  const running = isError && state.running?.run === run ? { ...state.running, errorShown: true } : state.running;
  return { state: { ...state, outputs, late, lateScheduled, running, ended: isError ? failedLater(state, run, cell) : state.ended }, effects };
}

/** An error that comes after a cell's end turns its tick into a cross. */
function failedLater(state: RunState, run: RunId, cell: CellId): RunState['ended'] {
  const ended = state.ended.get(cell);
  if (ended === undefined || state.running?.run === run) return state.ended;
  return new Map(state.ended).set(cell, { ...ended, success: false });
}

/** Writes what was gathered. A cell that waits for its turn keeps its writes: two executions of a cell cannot be open. */
export function flushLate(state: RunState): Step {
  const waiting = new Set(state.queue.map(({ cell }) => cell));
  const kept = new Map<CellId, readonly Write[]>();
  const effects: RunEffect[] = [];
  for (const [cell, writes] of state.late) {
    const ended = state.ended.get(cell);
    if (waiting.has(cell)) kept.set(cell, writes);
    else if (state.running?.cell === cell) for (const write of writes) effects.push({ type: 'write', run: state.running.run, write });
    else if (ended !== undefined) effects.push({ type: 'late', cell, ended, writes: merged(writes) });
  }
  if (kept.size > 0) effects.push({ type: 'scheduleLate' });
  return { state: { ...state, late: kept, lateScheduled: kept.size > 0 }, effects };
}

/** Of several new states of one display only the last is worth drawing. */
function merged(writes: readonly Write[]): readonly Write[] {
  const last = new Map<number, number>();
  writes.forEach((write, index) => {
    if (write.kind === 'replace') last.set(write.key, index);
  });
  return writes.filter((write, index) => write.kind !== 'replace' || last.get(write.key) === index);
}
