import { describe, expect, it, vi } from 'vitest';
import { kernelChannels } from './kernel-channel.js';

function rig() {
  const posted: { type: string; id: string }[] = [];
  let receive: (message: unknown) => void = () => undefined;
  const channels = kernelChannels({
    postMessage: (message) => void posted.push(message as never),
    onDidReceiveMessage: ((listener: (message: unknown) => void) => ((receive = listener), { dispose: () => undefined })) as never,
  })!;
  return { channels, posted, receive: (message: unknown) => receive(message) };
}

describe('channels of a renderer', () => {
  it('are not there where nobody takes messages', () => expect(kernelChannels({})).toBeUndefined());

  it('carry messages to a view’s kernel and back', () => {
    const { channels, posted, receive } = rig();
    const listener = { onMessage: vi.fn(), onClose: vi.fn() };
    const channel = channels.open('view-1', listener);
    const { id } = posted[0]!;
    channel.send({ type: 'stop' });
    receive({ type: 'comm_msg', id, data: 5 });
    receive({ type: 'comm_close', id, data: {} });
    receive({ type: 'comm_close', id, data: {} });
    channel.send('too late');
    expect(posted).toEqual([{ type: 'comm_open', id, target: 'patchbay.view', data: { view: 'view-1' } }, { type: 'comm_msg', id, data: { type: 'stop' } }]);
    expect(listener.onMessage).toHaveBeenCalledExactlyOnceWith(5);
    expect(listener.onClose).toHaveBeenCalledTimes(1);
  });

  it('that are closed here are closed there, once', () => {
    const { channels, posted, receive } = rig();
    const listener = { onMessage: vi.fn(), onClose: vi.fn() };
    const channel = channels.open('v', listener);
    channel.close();
    channel.close();
    receive({ type: 'comm_close', id: posted[0]!.id, data: {} });
    expect(posted.map(({ type }) => type)).toEqual(['comm_open', 'comm_close']);
    expect(listener.onClose).not.toHaveBeenCalled();
  });

  it('of a page before this one are closed', () => {
    const { posted, receive } = rig();
    receive({ type: 'comm_msg', id: 'old', data: 1 });
    expect(posted).toEqual([{ type: 'comm_close', id: 'old', data: {} }]);
  });

  it.each([null, 5, {}, { type: 'comm_msg' }, { type: 'other', id: 'a' }, { type: 'comm_open', id: 'a', target: 'x' }])('leave %j alone', (message) => {
    const { posted, receive } = rig();
    receive(message);
    expect(posted).toEqual([]);
  });
});
