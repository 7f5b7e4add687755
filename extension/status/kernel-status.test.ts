import { describe, expect, it } from 'vitest';
import { INITIAL } from '../notebook/run/state.js';
import { kernelStatus } from './kernel-status.js';

const running = { run: 1, cell: 'a', mayRaise: false, order: undefined, reply: undefined, idle: false, errorShown: false };

describe('kernelStatus', () => {
  it.each([
    [undefined, undefined, '$(circle-outline) Patchbay: not started', false],
    [INITIAL, undefined, '$(circle-outline) Patchbay: not started', false],
    [{ ...INITIAL, kernel: 'starting' as const }, undefined, '$(sync~spin) Patchbay: starting', false],
    [{ ...INITIAL, kernel: 'ready' as const }, 'Node 20.20.2', '$(circle-filled) Patchbay: idle, Node 20.20.2', false],
    [{ ...INITIAL, kernel: 'ready' as const, running }, 'Node 20.20.2', '$(sync~spin) Patchbay: busy, Node 20.20.2', false],
    [{ ...INITIAL, kernel: 'dead' as const }, 'Node 20.20.2', '$(error) Patchbay: stopped', true],
  ])('%#', (state, node, text, isError) => {
    expect(kernelStatus(state, node, true)).toMatchObject({ text, isError });
  });

  it('says why nothing runs in an untrusted folder', () => {
    expect(kernelStatus(undefined, undefined, false)).toMatchObject({ text: '$(workspace-untrusted) Patchbay: folder not trusted', tooltip: expect.stringContaining('not trusted, so nothing in it is run') });
  });
});
