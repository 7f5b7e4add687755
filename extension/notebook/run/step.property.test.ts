import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ErrorContent } from '../../../kernel/protocol/messages.js';
import { INITIAL, type RunEvent } from './state.js';
import { step } from './step.js';

const ERROR: ErrorContent = { ename: 'Error', evalue: 'no', traceback: [] };
const run = fc.integer({ min: 1, max: 12 });
const cell = fc.constantFrom('a', 'b', 'c');
const events: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.array(fc.record({ cell, mayRaise: fc.boolean() }), { maxLength: 3 }).map((cells): RunEvent => ({ type: 'queue', cells })),
  fc.constantFrom<RunEvent>({ type: 'kernelReady' }, { type: 'kernelFailed', error: ERROR }, { type: 'kernelDied', error: ERROR }, { type: 'interrupt' }, { type: 'interruptTimedOut' }, { type: 'interruptRefused', reason: 'native code' }, { type: 'restart' }, { type: 'start' }, { type: 'flushLate' }),
  run.map((id): RunEvent => ({ type: 'output', run: id, output: { msg_type: 'stream', content: { name: 'stdout', text: 'x' } } })),
  run.map((id): RunEvent => ({ type: 'blank', run: id })),
  run.map((id): RunEvent => ({ type: 'idle', run: id })),
  fc.tuple(run, fc.boolean()).map(([id, fine]): RunEvent => ({ type: 'reply', run: id, reply: fine ? { status: 'ok', execution_count: 1, user_expressions: {}, payload: [] } : { status: 'error', execution_count: 1, ...ERROR } })),
  fc.subarray(['a', 'b', 'c']).map((cells): RunEvent => ({ type: 'cellsRemoved', cells })),
);

it('opens, begins and ends every run at most once, in that order, and leaves none open when the kernel is gone', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 40 }), (list) => {
      let state = INITIAL;
      const stage = new Map<number, 'open' | 'begun' | 'ended'>();
      const openCells = new Map<number, string>();
      // Only a kernel that is starting becomes ready or fails: the driver has no other.
      for (const event of [...list, { type: 'kernelDied', error: ERROR } as const]) {
        if ((event.type === 'kernelReady' || event.type === 'kernelFailed') && state.kernel !== 'starting') continue;
        const next = step(state, event);
        state = next.state;
        for (const effect of next.effects) {
          if (effect.type === 'open') {
            expect(stage.has(effect.run)).toBe(false);
            expect([...openCells.values()]).not.toContain(effect.cell);
            stage.set(effect.run, 'open');
            openCells.set(effect.run, effect.cell);
          } else if (effect.type === 'begin') {
            expect(stage.get(effect.run)).toBe('open');
            stage.set(effect.run, 'begun');
          } else if (effect.type === 'write' || effect.type === 'send' || effect.type === 'order') {
            expect(stage.get(effect.run)).toBe('begun');
          } else if (effect.type === 'end') {
            expect(stage.get(effect.run)).toMatch(/open|begun/);
            stage.set(effect.run, 'ended');
            openCells.delete(effect.run);
          } else if (effect.type === 'late') {
            expect([...openCells.values()]).not.toContain(effect.cell);
          }
        }
      }
      expect([...stage.values()].filter((value) => value !== 'ended')).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
