import { describe, expect, it } from 'vitest';
import type { ErrorContent, Output } from '../../../kernel/protocol/messages.js';
import { INITIAL, type RunEffect, type RunEvent, type RunState } from './state.js';
import { step } from './step.js';

const DEATH: ErrorContent = { ename: 'KernelDied', evalue: 'exit code 1, last words: out of luck', traceback: [] };
const print = (text: string): Output => ({ msg_type: 'stream', content: { name: 'stdout', text } });
const ERROR: Output = { msg_type: 'error', content: { ename: 'Error', evalue: 'no', traceback: ['Error: no'] } };

const queue = (...cells: string[]): RunEvent => ({ type: 'queue', cells: cells.map((cell) => ({ cell: cell.replace('!', ''), mayRaise: cell.endsWith('!') })) });
const output = (run: number, what: Output): RunEvent => ({ type: 'output', run, output: what });
const ok = (run: number): RunEvent[] => [{ type: 'reply', run, reply: { status: 'ok', execution_count: run, user_expressions: {}, payload: [] } }, { type: 'idle', run }];
const failed = (run: number): RunEvent[] => [{ type: 'reply', run, reply: { status: 'error', execution_count: run, ename: 'Error', evalue: 'no', traceback: ['Error: no'] } }, { type: 'idle', run }];
const aborted = (run: number): RunEvent[] => [{ type: 'reply', run, reply: { status: 'aborted', execution_count: run } }, { type: 'idle', run }];
const READY: RunEvent = { type: 'kernelReady' };
const INTERRUPT: RunEvent = { type: 'interrupt' };
const DIED: RunEvent = { type: 'kernelDied', error: DEATH };

/** One word or two per effect, so that a conversation is one line. */
function brief(effect: RunEffect): string {
  switch (effect.type) {
    case 'open':
      return `open ${effect.run}=${effect.cell}`;
    case 'send':
      return `send ${effect.run}`;
    case 'begin':
      return `begin ${effect.run}`;
    case 'order':
      return `order ${effect.run}=${effect.order}`;
    case 'write':
      return `write ${effect.run} ${briefWrite(effect.write)}`;
    case 'end':
      return `end ${effect.run} ${effect.success === undefined ? '-' : effect.success ? 'ok' : 'failed'}`;
    case 'late':
      return `late ${effect.cell} [${effect.ended.order ?? ''}] ${effect.ended.success === false ? 'failed' : 'ok'} ${effect.writes.map(briefWrite).join('+')}`;
    default:
      return effect.type;
  }
}

function briefWrite(write: Extract<RunEffect, { type: 'write' }>['write']): string {
  if (write.kind === 'clear') return 'clear';
  const items = write.kind === 'append' ? write.output.items : write.kind === 'extend' ? [write.item] : write.items;
  const text = items.map(({ mime, data }) => (mime.endsWith('error') ? (/"message":"([^"]*)/.exec(String(data))?.[1] ?? '') : String(data))).join();
  return `${write.kind}(${text})`;
}

function play(events: readonly (RunEvent | RunEvent[])[], from: RunState = INITIAL): { state: RunState; effects: string[] } {
  let state = from;
  const effects: string[] = [];
  for (const event of events.flat()) {
    const next = step(state, event);
    state = next.state;
    effects.push(...next.effects.map(brief));
  }
  return { state, effects };
}

/** A kernel is there, nothing runs. */
const RUNNING = play([queue('z'), READY, ok(1)]).state;
const playReady = (...events: (RunEvent | RunEvent[])[]) => play(events, RUNNING).effects;

describe('queue and start', () => {
  it('starts the kernel for the first cell and sends it when the kernel is ready', () => {
    expect(play([queue('a', 'b'), READY]).effects).toEqual(['open 1=a', 'open 2=b', 'startKernel', 'begin 1', 'write 1 clear', 'send 1']);
  });

  it('starts one kernel, however many cells are asked for meanwhile', () => {
    expect(play([queue('a'), queue('b'), READY, ok(1)]).effects.filter((effect) => effect === 'startKernel')).toHaveLength(1);
  });

  it('runs cells one after the other', () => {
    expect(playReady(queue('a', 'b'), ok(2), ok(3))).toEqual(['open 2=a', 'open 3=b', 'begin 2', 'write 2 clear', 'send 2', 'end 2 ok', 'begin 3', 'write 3 clear', 'send 3', 'end 3 ok']);
  });

  it('does not queue a cell twice while it waits or runs', () => {
    expect(playReady(queue('a', 'b', 'a'), queue('b', 'a')).filter((effect) => effect.startsWith('open'))).toEqual(['open 2=a', 'open 3=b']);
  });

  it('ends a cell without code with neither tick nor order number', () => {
    expect(playReady(queue('a', 'b'), { type: 'blank', run: 2 })).toEqual(expect.arrayContaining(['end 2 -', 'begin 3']));
  });

  it('ends every queued cell with the reason when the kernel does not start', () => {
    const { effects, state } = play([queue('a', 'b'), { type: 'kernelFailed', error: { ename: 'KernelStartError', evalue: 'no Node', traceback: [] } }]);
    expect(effects.slice(3)).toEqual(['tellEnd', 'begin 1', 'write 1 clear', 'write 1 append(no Node)', 'end 1 failed', 'begin 2', 'write 2 clear', 'write 2 append(no Node)', 'end 2 failed']);
    expect(play([queue('a')], state).effects).toContain('startKernel');
  });
});

describe('a kernel that is to run nothing', () => {
  const START: RunEvent = { type: 'start' };

  it('starts once, and runs nothing when it is ready', () => {
    expect(play([START, START, READY, START]).effects).toEqual(['startKernel']);
  });

  it('runs what is queued meanwhile or later: there is one process', () => {
    const run = ['open 1=a', 'begin 1', 'write 1 clear', 'send 1'];
    expect(play([START, queue('a'), READY]).effects.filter((effect) => effect !== 'startKernel')).toEqual(play([queue('a'), READY]).effects.filter((effect) => effect !== 'startKernel'));
    expect(play([START, READY, queue('a')]).effects.filter((effect) => effect === 'startKernel')).toHaveLength(1);
    expect(play([START, READY, queue('a')]).effects).toEqual(expect.arrayContaining(run.filter((effect) => !effect.startsWith('write'))));
  });

  it('starts again where one died', () => {
    expect(play([START, READY, DIED, START]).effects).toEqual(['startKernel', 'tellEnd', 'startKernel']);
  });
});

describe('output and end', () => {
  it('writes the order number and outputs of the running cell', () => {
    expect(playReady(queue('a'), { type: 'order', run: 2, order: 7 }, output(2, print('x')), output(2, print('y')), ok(2)).slice(4)).toEqual(['order 2=7', 'write 2 append(x)', 'write 2 extend(y)', 'end 2 ok']);
  });

  it('ends only when the reply and everything put out before it have come', () => {
    expect(playReady(queue('a'), ok(2)[0]!, output(2, print('x')))).not.toContain('end 2 ok');
    expect(playReady(queue('a'), ok(2)[0]!, output(2, print('x')), ok(2)[1]!).slice(-2)).toEqual(['write 2 append(x)', 'end 2 ok']);
  });

  it('ends when the reply comes after idle, too', () => {
    const [reply, idle] = failed(2);
    expect(playReady(queue('a'), output(2, ERROR), idle!).slice(-1)).toEqual(['write 2 append(no)']);
    expect(playReady(queue('a'), output(2, ERROR), idle!, reply!).slice(-1)).toEqual(['end 2 failed']);
  });

  it('shows the error of a reply when the kernel published none', () => {
    expect(playReady(queue('a'), failed(2)).slice(-2)).toEqual(['write 2 append(no)', 'end 2 failed']);
    expect(playReady(queue('a'), output(2, ERROR), failed(2)).filter((effect) => effect.includes('append'))).toHaveLength(1);
  });

  it('drops the queue after an error, and not when the cell is tagged raises-exception', () => {
    expect(playReady(queue('a', 'b', 'c'), output(2, ERROR), failed(2)).slice(-3)).toEqual(['end 3 -', 'end 4 -', 'end 2 failed']);
    expect(playReady(queue('a!', 'b'), output(2, ERROR), failed(2)).slice(-4)).toEqual(['end 2 ok', 'begin 3', 'write 3 clear', 'send 3']);
  });

  it('ends an aborted cell with neither tick nor cross', () => {
    expect(playReady(queue('a'), aborted(2)).slice(-1)).toEqual(['end 2 -']);
  });

  it('ignores replies of runs that are over', () => {
    expect(playReady(queue('a'), ok(2), ok(2), failed(1))).toEqual(playReady(queue('a'), ok(2)));
  });
});

describe('output that comes late', () => {
  const flush: RunEvent = { type: 'flushLate' };

  it('is gathered and written in a short run with the old order number', () => {
    const effects = playReady(queue('a'), { type: 'order', run: 2, order: 7 }, ok(2), output(2, print('x')), output(2, print('y')), flush);
    expect(effects.slice(-2)).toEqual(['scheduleLate', 'late a [7] ok append(x)+extend(y)']);
  });

  it('is written at once when its cell runs again', () => {
    expect(playReady(queue('a'), ok(2), queue('a'), output(2, print('old'))).slice(-1)).toEqual(['write 3 append(old)']);
  });

  it('waits while its cell waits, and is gone when that cell begins anew', () => {
    expect(playReady(queue('a'), ok(2), queue('b', 'a'), output(2, print('x')), flush).slice(-2)).toEqual(['scheduleLate', 'scheduleLate']);
    expect(playReady(queue('a'), ok(2), queue('b', 'a'), output(2, print('x')), flush, ok(3), ok(4), flush).filter((effect) => effect.startsWith('late'))).toEqual([]);
  });

  it('is asked for again for another cell while one waits', () => {
    const effects = playReady(queue('a', 'c'), ok(2), ok(3), queue('b', 'a'), output(2, print('x')), flush, output(3, print('y')), flush);
    expect(effects).toContain('late c [] ok append(y)');
  });

  it('updates a display of an earlier cell, the last state only', () => {
    const shown: Output = { msg_type: 'display_data', content: { data: { 'text/plain': '0' }, metadata: {}, transient: { display_id: 'd' } } };
    const update = (text: string): Output => ({ msg_type: 'update_display_data', content: { data: { 'text/plain': text }, metadata: {}, transient: { display_id: 'd' } } });
    const effects = playReady(queue('a'), output(2, shown), ok(2), queue('b'), output(3, update('1')), output(3, update('2')), flush);
    expect(effects.slice(-1)).toEqual(['late a [] ok replace(2)']);
  });

  it('turns the tick into a cross when it is an error', () => {
    expect(playReady(queue('a'), ok(2), output(2, ERROR), flush).slice(-1)).toEqual(['late a [] failed append(no)']);
  });

  it('is dropped with its cell', () => {
    expect(playReady(queue('a'), ok(2), output(2, print('x')), { type: 'cellsRemoved', cells: ['a'] }, flush).slice(-1)).toEqual(['scheduleLate']);
  });
});

describe('interrupt', () => {
  it('drops the queue, interrupts the kernel and watches the clock until the cell ends', () => {
    const effects = playReady(queue('a', 'b'), INTERRUPT, output(2, ERROR), failed(2)).slice(5);
    expect(effects).toEqual(['end 3 -', 'interruptKernel', 'startInterruptTimer', 'write 2 append(no)', 'stopInterruptTimer', 'end 2 failed']);
  });

  it('interrupts again when asked again, with one clock', () => {
    expect(playReady(queue('a'), INTERRUPT, INTERRUPT).slice(4)).toEqual(['interruptKernel', 'startInterruptTimer', 'interruptKernel']);
  });

  it('offers a restart when the cell does not end, and not when it did', () => {
    expect(playReady(queue('a'), INTERRUPT, { type: 'interruptTimedOut' }).slice(-1)).toEqual(['offerRestart']);
    expect(playReady(queue('a'), INTERRUPT, failed(2), { type: 'interruptTimedOut' })).not.toContain('offerRestart');
  });

  it('offers a restart at once, with the reason, when the kernel says that nothing else ends the cell', () => {
    const refused: RunEvent = { type: 'interruptRefused', reason: 'it is inside native code' };
    const { state } = play([queue('a'), INTERRUPT], RUNNING);
    expect(step(state, refused).effects).toEqual([{ type: 'stopInterruptTimer' }, { type: 'offerRestart', reason: 'it is inside native code' }]);
    expect(playReady(queue('a'), INTERRUPT, failed(2), refused)).not.toContain('offerRestart');
    expect(play([refused, INTERRUPT], state).effects).toEqual(['stopInterruptTimer', 'offerRestart', 'interruptKernel']);
  });

  it('empties the queue while the kernel still starts', () => {
    expect(play([queue('a'), INTERRUPT, READY]).effects.slice(2)).toEqual(['end 1 -']);
  });

  it('fails a cell tagged raises-exception as well', () => {
    expect(playReady(queue('a!', 'b'), INTERRUPT, failed(2)).slice(-1)).toEqual(['end 2 failed']);
  });
});

describe('the kernel dies', () => {
  it('ends the running and every queued cell with the error', () => {
    const said = 'append(exit code 1, last words: out of luck)';
    expect(playReady(queue('a', 'b', 'c'), DIED).slice(6)).toEqual([
      'tellEnd',
      ...[`write 2 ${said}`, 'end 2 failed'],
      ...['begin 3', 'write 3 clear', `write 3 ${said}`, 'end 3 failed'],
      ...['begin 4', 'write 4 clear', `write 4 ${said}`, 'end 4 failed'],
    ]);
  });

  it('tells it in a message as well, also when no cell can', () => {
    expect(playReady(DIED)).toEqual(['tellEnd']);
  });

  it('starts a new kernel for the next cell', () => {
    expect(playReady(queue('a'), DIED, queue('a')).slice(-2)).toEqual(['open 3=a', 'startKernel']);
  });

  it('never updates a display of the dead kernel', () => {
    const shown: Output = { msg_type: 'display_data', content: { data: {}, metadata: {}, transient: { display_id: 'd' } } };
    const update: Output = { msg_type: 'update_display_data', content: { data: {}, metadata: {}, transient: { display_id: 'd' } } };
    const effects = playReady(queue('a'), output(2, shown), ok(2), DIED, queue('b'), READY, output(3, update));
    expect(effects).not.toContain('scheduleLate');
  });
});

describe('restart', () => {
  it('ends the running cell with a reason, drops the queue and restarts', () => {
    expect(playReady(queue('a', 'b'), INTERRUPT, { type: 'restart' }).slice(8)).toEqual(['write 2 append(The kernel was restarted before this cell ended.)', 'stopInterruptTimer', 'end 2 failed', 'restartKernel']);
  });

  it('runs what is asked for meanwhile when the new kernel is ready', () => {
    expect(playReady({ type: 'restart' }, queue('a'), READY)).toEqual(['restartKernel', 'open 2=a', 'begin 2', 'write 2 clear', 'send 2']);
  });

  it('says so when the new kernel does not start', () => {
    expect(playReady({ type: 'restart' }, { type: 'kernelFailed', error: DEATH })).toEqual(['restartKernel', 'tellEnd']);
  });
});

describe('cells go away', () => {
  it('takes a deleted cell out of the queue', () => {
    expect(playReady(queue('a', 'b', 'c'), { type: 'cellsRemoved', cells: ['b'] }, ok(2)).slice(6)).toEqual(['end 3 -', 'end 2 ok', 'begin 4', 'write 4 clear', 'send 4']);
  });
});

describe('an untitled notebook is saved', () => {
  const moved: RunEvent = { type: 'moved', to: new Map([['a', 'A'], ['b', 'B'], ['z', 'Z']]) };

  it('opens what runs and waits under the new names, and goes on', () => {
    const effects = playReady(queue('a', 'b'), { type: 'order', run: 2, order: 7 }, moved, output(2, print('x')), ok(2), ok(3)).slice(6);
    expect(effects).toEqual(['open 2=A', 'begin 2', 'order 2=7', 'open 3=B', 'write 2 append(x)', 'end 2 ok', 'begin 3', 'write 3 clear', 'send 3', 'end 3 ok']);
  });

  it('keeps order numbers and displays of cells that are over', () => {
    const shown: Output = { msg_type: 'display_data', content: { data: { 'text/plain': '0' }, metadata: {}, transient: { display_id: 'd' } } };
    const update: Output = { msg_type: 'update_display_data', content: { data: { 'text/plain': '1' }, metadata: {}, transient: { display_id: 'd' } } };
    const effects = playReady(queue('a'), { type: 'order', run: 2, order: 7 }, output(2, shown), ok(2), moved, output(2, update), { type: 'flushLate' });
    expect(effects.slice(-1)).toEqual(['late A [7] ok replace(1)']);
  });
});
