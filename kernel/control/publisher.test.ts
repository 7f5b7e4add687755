import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../protocol/compose.js';
import type { Message } from '../protocol/messages.js';
import { Publisher } from './publisher.js';

const composer = new MessageComposer('k');
const [one, two] = ['1', '2'].map(() => composer.compose('shell', 'execute_request', {}).header) as [Message['header'], Message['header']];
const stream = (text: string, parent = one, name = 'stdout') => composer.compose('iopub', 'stream', { name, text }, parent);
const display = () => composer.compose('iopub', 'display_data', { data: { 'text/plain': 'a mask' }, metadata: {} }, one);

function publisher(makePicture: (svg: string) => Promise<Uint8Array> = async () => new Uint8Array([1, 2, 3])) {
  const sent: Message<object>[] = [];
  return { sent, out: new Publisher(async (message) => void sent.push(message), makePicture) };
}

describe('publisher', () => {
  it('keeps the order and merges neighbouring writes of one cell and stream', async () => {
    const { sent, out } = publisher();
    for (const message of [stream('a'), stream('b'), stream('c', one, 'stderr'), stream('d'), stream('e', two)]) out.push(message);
    await out.flush();
    expect(sent.map(({ content }) => content)).toEqual([
      { name: 'stdout', text: 'ab' },
      { name: 'stderr', text: 'c' },
      { name: 'stdout', text: 'd' },
      { name: 'stdout', text: 'e' },
    ]);
  });

  it('holds what follows a display until its picture is there', async () => {
    let finish: (png: Uint8Array) => void = () => undefined;
    const { sent, out } = publisher(() => new Promise((resolve) => (finish = resolve)));
    out.push(display(), '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="33.5"/>');
    out.push(stream('after'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toHaveLength(0);
    finish(new Uint8Array([137, 80]));
    await out.flush();
    expect(sent.map(({ header }) => header.msg_type)).toEqual(['display_data', 'stream']);
    expect(sent[0]?.content).toEqual({ data: { 'text/plain': 'a mask', 'image/png': 'iVA=' }, metadata: { 'image/png': { width: 720, height: 34, alt: 'a mask' } } });
  });

  it('sends a view without its picture when the picture fails', async () => {
    const { sent, out } = publisher(async () => Promise.reject(new Error('no font')));
    out.push(display(), '<svg/>');
    await out.flush();
    expect(sent[0]?.content).toEqual({ data: { 'text/plain': 'a mask' }, metadata: {} });
  });

  it('awaits each send before the next', async () => {
    const running = { now: 0, most: 0 };
    const out = new Publisher(
      async () => {
        running.most = Math.max(running.most, ++running.now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running.now--;
      },
      async () => new Uint8Array(),
    );
    for (let i = 0; i < 20; i++) out.push(display());
    await out.flush();
    expect(running).toEqual({ now: 0, most: 1 });
  });

  it('has room again when the client has taken what waits', async () => {
    let take: () => void = () => undefined;
    const out = new Publisher(() => new Promise((resolve) => (take = resolve)), async () => new Uint8Array());
    let calls = 0;
    out.push(stream('x'.repeat(6_000 * 1024)));
    out.whenRoom(() => calls++);
    expect(calls).toBe(1);
    out.push(stream('y'.repeat(6_000 * 1024)));
    out.whenRoom(() => calls++);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toBe(1);
    take();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toBe(2);
  });

  it('sends what follows a message that cannot be sent', async () => {
    const sent: string[] = [];
    const out = new Publisher(async ({ header }) => {
      if (header.msg_type === 'display_data') throw new RangeError('Invalid string length');
      sent.push(header.msg_type);
    }, async () => new Uint8Array());
    [stream('a'), display(), stream('b')].forEach((message) => out.push(message));
    await out.flush();
    expect(sent).toEqual(['stream', 'stream']);
  });
});
