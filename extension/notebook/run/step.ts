import type { ErrorContent } from '../../../kernel/protocol/messages.js';
import { moved } from './move-step.js';
import { clearCell, forgetCell, NO_OUTPUTS } from './outputs.js';
import type { Queued, RunEffect, Running, RunEvent, RunState, Step } from './state.js';
import type { CellId } from './writes.js';
import { addOutput, flushLate } from './write-step.js';

/** Decides what happens next in a notebook's run. Pure: the driver carries out the effects, in order. */
export function step(state: RunState, event: RunEvent): Step {
  switch (event.type) {
    case 'queue':
      return queue(state, event.cells);
    case 'kernelReady':
      return startNext({ ...state, kernel: 'ready' });
    case 'kernelFailed':
    case 'kernelDied':
      return gone(state, event.error);
    case 'blank':
      return isRunning(state, event.run) ? settle(state, undefined) : unchanged(state);
    case 'order':
      return order(state, event.run, event.order);
    case 'output':
      return addOutput(state, event.run, event.output);
    case 'reply':
      return ending(state, event.run, { reply: event.reply });
    case 'idle':
      return ending(state, event.run, { idle: true });
    case 'interrupt':
      return interrupt(state);
    case 'interruptTimedOut':
      return { state, effects: state.interrupting ? [{ type: 'offerRestart' }] : [] };
    case 'interruptRefused':
      return { state, effects: state.interrupting ? [{ type: 'stopInterruptTimer' }, { type: 'offerRestart', reason: event.reason }] : [] };
    case 'restart':
      return restart(state);
    case 'start':
      return start(state);
    case 'flushLate':
      return flushLate(state);
    case 'cellsRemoved':
      return cellsRemoved(state, event.cells);
    case 'moved':
      return moved(state, event.to);
  }
}

const unchanged = (state: RunState): Step => ({ state, effects: [] });

const isRunning = (state: RunState, run: number): boolean => state.running?.run === run;

function then(first: Step, next: (state: RunState) => Step): Step {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

function queue(state: RunState, cells: readonly { readonly cell: CellId; readonly mayRaise: boolean }[]): Step {
  const busy = new Set([...state.queue, ...(state.running === undefined ? [] : [state.running])].map(({ cell }) => cell));
  const added: Queued[] = [];
  for (const { cell, mayRaise } of cells) {
    if (busy.has(cell)) continue;
    busy.add(cell);
    added.push({ run: state.nextRun + added.length, cell, mayRaise });
  }
  const cellOf = new Map(state.cellOf);
  for (const { run, cell } of added) cellOf.set(run, cell);
  const queued: RunState = { ...state, nextRun: state.nextRun + added.length, queue: [...state.queue, ...added], cellOf };
  return then({ state: queued, effects: added.map(({ run, cell }) => ({ type: 'open', run, cell })) }, startNext);
}

function start(state: RunState): Step {
  if (state.kernel === 'starting' || state.kernel === 'ready') return unchanged(state);
  return { state: { ...state, kernel: 'starting' }, effects: [{ type: 'startKernel' }] };
}

/** Runs the first cell of the queue when nothing runs, and starts a kernel when there is none. */
function startNext(state: RunState): Step {
  const [next, ...queue] = state.queue;
  if (next === undefined || state.running !== undefined) return unchanged(state);
  if (state.kernel === 'starting') return unchanged(state);
  if (state.kernel !== 'ready') return start(state);
  return then(begin({ ...state, queue }, next), (begun) => ({ state: begun, effects: [{ type: 'send', run: next.run, cell: next.cell }] }));
}

/** Output of earlier runs that is not yet written would be cleared right away. */
function begin(state: RunState, next: Queued): Step {
  const { outputs, writes } = clearCell(state.outputs, next.cell);
  const late = new Map(state.late);
  late.delete(next.cell);
  const running: Running = { ...next, order: undefined, reply: undefined, idle: false, errorShown: false };
  const effects: RunEffect[] = [{ type: 'begin', run: next.run }, ...writes.map(({ write }): RunEffect => ({ type: 'write', run: next.run, write }))];
  return { state: { ...state, running, outputs, late }, effects };
}

function order(state: RunState, run: number, order: number): Step {
  if (state.running?.run !== run) return unchanged(state);
  return { state: { ...state, running: { ...state.running, order } }, effects: [{ type: 'order', run, order }] };
}

/** The reply says how the run ended, `idle` that nothing of it is still on its way: both are waited for. */
function ending(state: RunState, run: number, news: Partial<Pick<Running, 'reply' | 'idle'>>): Step {
  if (state.running?.run !== run) return unchanged(state);
  const running: Running = { ...state.running, ...news };
  const told: RunState = { ...state, running };
  if (!running.idle || running.reply === undefined) return unchanged(told);
  if (running.reply.status === 'error') return failed(told, running, running.reply);
  return settle(told, running.reply.status === 'ok' ? true : undefined);
}

/** No error is swallowed, and none but an expected one lets the next cell run. */
function failed(state: RunState, running: Running, { ename, evalue, traceback }: ErrorContent): Step {
  const told = running.errorShown ? unchanged(state) : addOutput(state, running.run, { msg_type: 'error', content: { ename, evalue, traceback } });
  if (running.mayRaise && !state.interrupting) return then(told, (shown) => settle(shown, true));
  return then(then(told, dropQueue), (dropped) => settle(dropped, false));
}

function settle(state: RunState, success: boolean | undefined): Step {
  const { running } = state;
  if (running === undefined) return unchanged(state);
  const ended = new Map(state.ended).set(running.cell, { order: running.order, success });
  const effects: RunEffect[] = [...(state.interrupting ? [{ type: 'stopInterruptTimer' } as const] : []), { type: 'end', run: running.run, success }];
  return then({ state: { ...state, running: undefined, interrupting: false, ended }, effects }, startNext);
}

function dropQueue(state: RunState): Step {
  return { state: { ...state, queue: [] }, effects: state.queue.map(({ run }) => ({ type: 'end', run, success: undefined })) };
}

/** Ends the running and every queued cell with the error in each of them; no display of the old kernel is updated again. */
function gone(state: RunState, error: ErrorContent): Step {
  const runs = state.running === undefined ? state.queue : [state.running, ...state.queue];
  const start: Step = { state: { ...state, kernel: 'dead', queue: [] }, effects: [{ type: 'tellEnd', error }] };
  const failed = runs.reduce<Step>((done, run) => then(done, (current) => failOne(current, run, error)), start);
  return { ...failed, state: withoutKernel(failed.state, 'dead') };
}

function failOne(state: RunState, run: Queued, error: ErrorContent): Step {
  const begun = isRunning(state, run.run) ? unchanged(state) : begin(state, run);
  return then(
    then(begun, (current) => addOutput(current, run.run, { msg_type: 'error', content: error })),
    (current) => settle(current, false),
  );
}

function withoutKernel(state: RunState, kernel: RunState['kernel']): RunState {
  return { ...state, kernel, cellOf: new Map(), outputs: { ...NO_OUTPUTS, nextKey: state.outputs.nextKey } };
}

function interrupt(state: RunState): Step {
  const dropped = dropQueue(state);
  if (state.running === undefined) return dropped;
  const first: RunEffect[] = state.interrupting ? [] : [{ type: 'startInterruptTimer' }];
  return { state: { ...dropped.state, interrupting: true }, effects: [...dropped.effects, { type: 'interruptKernel' }, ...first] };
}

const RESTARTED: ErrorContent = { ename: 'KernelRestarted', evalue: 'The kernel was restarted before this cell ended.', traceback: [] };

function restart(state: RunState): Step {
  const dropped = dropQueue(state);
  const { running } = state;
  const stopped = running === undefined ? dropped : then(dropped, (current) => failOne(current, running, RESTARTED));
  return then(stopped, (current) => ({ state: withoutKernel(current, 'starting'), effects: [{ type: 'restartKernel' }] }));
}

function cellsRemoved(state: RunState, cells: readonly CellId[]): Step {
  const gone = new Set(cells);
  const ended = new Map([...state.ended].filter(([cell]) => !gone.has(cell)));
  const late = new Map([...state.late].filter(([cell]) => !gone.has(cell)));
  const queue = state.queue.filter(({ cell }) => !gone.has(cell));
  const outputs = cells.reduce(forgetCell, state.outputs);
  const effects = state.queue.filter(({ cell }) => gone.has(cell)).map(({ run }): RunEffect => ({ type: 'end', run, success: undefined }));
  return { state: { ...state, queue, ended, late, outputs }, effects };
}
