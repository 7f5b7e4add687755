import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LookReply } from '../../kernel/model/look/look.js';
import { matrixLook } from '../../kernel/model/look/matrix-look.js';
import { maskOf } from '../../test/support/masks.js';
import { INITIAL, pageOf, stepPanel, type PanelEvent, type PanelState } from './panel-state.js';

const drawn = (rows: string[]): LookReply => ({ status: 'drawn', look: { matrix: matrixLook(maskOf(...rows), { what: 'a Mask' }) } });
const reply: PanelEvent = { type: 'reply', reply: drawn(['X.']) };
const noMask: PanelEvent = { type: 'reply', reply: { status: 'noMask', problem: '`x` is a string, not a mask.' } };
const refresh: PanelEvent = { type: 'refresh' };
const busy: PanelEvent = { type: 'busy' };
const ended: PanelEvent = { type: 'ended', problem: 'The kernel has ended.' };
const failed: PanelEvent = { type: 'failed', problem: 'No.' };

function after(...events: PanelEvent[]): { state: PanelState; effects: string } {
  let state = INITIAL;
  const all: string[] = [];
  for (const event of events) {
    const step = stepPanel(state, event);
    state = step.state;
    all.push(...step.effects);
  }
  return { state, effects: all.join(' ') };
}

describe('stepPanel', () => {
  it.each<[string, PanelEvent[], string, Partial<PanelState>]>([
    ['asks, and shows the answer', [refresh, reply], 'ask show', { standing: 'current', isAsking: false }],
    ['asks once more for what changed meanwhile', [refresh, refresh, refresh, reply], 'ask show ask', { isAsking: true, askAgain: false }],
    ['says that it waits, once', [refresh, busy, busy, reply], 'ask show show', { standing: 'current' }],
    ['does not wait for nothing', [busy], '', { standing: 'asking' }],
    ['keeps the picture of what is no mask any more', [refresh, reply, refresh, noMask], 'ask show ask show', { standing: 'noMask', problem: '`x` is a string, not a mask.' }],
    ['forgets the problem when it is one again', [refresh, noMask, refresh, reply], 'ask show ask show', { standing: 'current', problem: undefined }],
    ['ends with the kernel, whose late answers do not count', [refresh, reply, refresh, ended, failed, reply], 'ask show ask show', { standing: 'ended' }],
    ['goes on with the next kernel', [refresh, ended, refresh, reply], 'ask show ask show', { standing: 'current' }],
    ['asks for a layer that is chosen', [refresh, reply, { type: 'choose', layer: '1 b' }], 'ask show ask', { layer: '1 b' }],
    ['but not for the same again', [refresh, reply, { type: 'choose', layer: '1 b' }, reply, { type: 'choose', layer: '1 b' }], 'ask show ask show', { layer: '1 b' }],
    ['says what failed', [refresh, failed], 'ask show', { standing: 'failed', problem: 'No.' }],
  ])('%s', (_name, events, effects, state) => {
    const result = after(...events);
    expect(result.effects).toBe(effects);
    expect(result.state).toMatchObject(state);
  });

  it('has never two questions on their way, and none is left without an answer to show', () => {
    const event = fc.constantFrom(refresh, reply, noMask, busy, ended, failed, { type: 'choose', layer: 'a' } as const, { type: 'choose', layer: 'b' } as const);
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let state = INITIAL;
        let open = 0;
        for (const next of events) {
          const step = stepPanel(state, next);
          if ((next.type === 'reply' || next.type === 'failed') && state.isAsking) open--;
          if (next.type === 'ended') open = 0;
          open += step.effects.filter((effect) => effect === 'ask').length;
          state = step.state;
          expect(open).toBe(state.isAsking ? 1 : 0);
          if (state.askAgain) expect(state.isAsking).toBe(true);
        }
      }),
    );
  });
});

describe('pageOf', () => {
  const value = { kind: 'value', notebook: 'file:///a.ipynb', expression: 'wiring' } as const;
  const file = { kind: 'file', uri: 'file:///a.csv', name: 'a.csv' } as const;

  it.each<[PanelEvent[], Parameters<typeof pageOf>[1], string]>([
    [[], value, 'The kernel is being asked.'],
    [[], file, 'The file is being read.'],
    [[refresh, busy], value, 'A cell is running. This is drawn as soon as the kernel answers.'],
    [[refresh, reply, refresh, busy], value, 'A cell is running. This is drawn as soon as the kernel answers. What is drawn is what it was before.'],
    [[refresh, reply], value, 'Follows the variable: drawn anew after each cell.'],
    [[refresh, reply], { ...value, expression: 'make()' }, 'The value of the expression when it was asked for: Refresh evaluates it again.'],
    [[refresh, reply], file, 'Follows the file: drawn anew when it changes on disk.'],
    [[refresh, noMask], value, '`x` is a string, not a mask.'],
    [[refresh, reply, refresh, noMask], value, '`x` is a string, not a mask. What is drawn is what it was before.'],
    [[refresh, reply, ended], value, 'The kernel has ended. What is drawn is what it was before.'],
  ])('%#', (events, source, words) => {
    expect(pageOf(after(...events).state, source)).toMatchObject({ type: 'panel', title: source.kind === 'file' ? 'a.csv' : source.expression, words });
  });

  it('keeps the exact connections to itself', () => {
    const { look } = pageOf(after(refresh, reply).state, value);
    expect(look?.matrix.analysis.nnz).toBe(1);
    expect(look?.matrix).not.toHaveProperty('exact');
  });
});
