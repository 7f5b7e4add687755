import { describe, expect, it } from 'vitest';
import { VIEW_TARGET, type ViewMessage } from '../../../kernel/model/views/view-channel.js';
import type { CommMessage } from '../../../kernel/protocol/comm.js';
import { ViewComms } from './view-comms.js';

function rig() {
  const sessions = new Map([['a', 1]]);
  const toKernel: [string, CommMessage][] = [];
  const toView: ViewMessage[] = [];
  let isOpen = true;
  const comms = new ViewComms<string>({ session: (notebook) => sessions.get(notebook), send: (notebook, message) => toKernel.push([notebook, message]) });
  const place = (notebook: string) => ({ notebook, post: async (message: ViewMessage) => (toView.push(message), isOpen) });
  const open = (notebook = 'a', target = VIEW_TARGET) => comms.fromView(place(notebook), { type: 'comm_open', id: '1', target, data: { view: 'v' } });
  return { comms, place, open, toKernel, toView, sessions, close: () => (isOpen = false) };
}
const message = (type: CommMessage['type'], id: string, data: unknown): CommMessage => ({ type, id, data, metadata: {}, buffers: [] });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('comms of views', () => {
  it('carry messages both ways', () => {
    const { comms, place, open, toKernel, toView } = rig();
    open();
    comms.fromView(place('a'), { type: 'comm_msg', id: '1', data: 'stop' });
    comms.fromKernel(message('comm_msg', '1', 7));
    expect(toKernel).toEqual([['a', { ...message('comm_open', '1', { view: 'v' }), target: VIEW_TARGET }], ['a', message('comm_msg', '1', 'stop')]]);
    expect(toView).toEqual([{ type: 'comm_msg', id: '1', data: 7 }]);
  });

  it.each([['without a kernel', 'b', VIEW_TARGET], ['to another target', 'a', 'jupyter.widget']])('are closed at once %s', (_, notebook, target) => {
    const { open, toKernel, toView } = rig();
    open(notebook, target);
    expect(toKernel).toEqual([]);
    expect(toView).toEqual([{ type: 'comm_close', id: '1', data: { reason: 'no kernel' } }]);
  });

  it('of the notebook’s own programs are left alone', () => {
    const { comms, place, toKernel, toView } = rig();
    comms.fromKernel(message('comm_open', '9', {}));
    comms.fromKernel(message('comm_msg', '9', {}));
    comms.fromView(place('a'), { type: 'comm_msg', id: '9', data: {} });
    expect([toKernel, toView]).toEqual([[], []]);
  });

  it('end with the kernel, and are not mistaken for those of the next one', () => {
    const { comms, open, toView, sessions } = rig();
    open();
    sessions.set('a', 2);
    comms.closeLost();
    comms.fromKernel(message('comm_msg', '1', 7));
    expect(toView).toEqual([{ type: 'comm_close', id: '1', data: { reason: 'the kernel ended' } }]);
  });

  it('end with the editor: the kernel need not send any more', async () => {
    const { comms, open, toKernel, close } = rig();
    open();
    close();
    comms.fromKernel(message('comm_msg', '1', 7));
    await settled();
    expect(toKernel.at(-1)).toEqual(['a', message('comm_close', '1', {})]);
  });
});
