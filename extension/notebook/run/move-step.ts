import type { RunEffect, RunState, Step } from './state.js';
import type { CellId } from './writes.js';

/**
 * The notebook goes on under another address, because an untitled one was saved: its cells have new names, and what
 * runs or waits needs new executions. The kernel and its variables stay.
 */
export function moved(state: RunState, to: ReadonlyMap<CellId, CellId>): Step {
  const name = (cell: CellId): CellId => to.get(cell) ?? cell;
  const renamed = <Value>(map: ReadonlyMap<CellId, Value>): ReadonlyMap<CellId, Value> => new Map([...map].map(([cell, value]) => [name(cell), value] as const));
  const queue = state.queue.map((queued) => ({ ...queued, cell: name(queued.cell) }));
  const running = state.running === undefined ? undefined : { ...state.running, cell: name(state.running.cell) };
  const effects: RunEffect[] = [];
  if (running !== undefined) {
    effects.push({ type: 'open', run: running.run, cell: running.cell }, { type: 'begin', run: running.run });
    if (running.order !== undefined) effects.push({ type: 'order', run: running.run, order: running.order });
  }
  for (const { run, cell } of queue) effects.push({ type: 'open', run, cell });
  const { outputs } = state;
  return {
    state: {
      ...state,
      queue,
      running,
      cellOf: new Map([...state.cellOf].map(([run, cell]) => [run, name(cell)] as const)),
      ended: renamed(state.ended),
      late: renamed(state.late),
      outputs: {
        ...outputs,
        openStreams: renamed(outputs.openStreams),
        clearOnNext: new Set([...outputs.clearOnNext].map(name)),
        displays: new Map([...outputs.displays].map(([id, places]) => [id, places.map((place) => ({ ...place, cell: name(place.cell) }))] as const)),
      },
    },
    effects,
  };
}
