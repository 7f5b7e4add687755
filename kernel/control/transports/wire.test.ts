import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../../protocol/compose.js';
import type { Message } from '../../protocol/messages.js';
import { Wire } from './wire.js';

const composer = new MessageComposer('session');
const request = (content: object = { code: '1' }, buffers: Uint8Array[] = []): Message<object> => ({ ...composer.compose('shell', 'execute_request', content), buffers });
const framesOf = (wire: Wire, message: Message<object>, before: string[] = []): Buffer[] => wire.encode(message, before).map((frame) => Buffer.from(frame));

describe('wire', () => {
  it('reads what it wrote: identities, all parts, buffers', () => {
    const message = { ...request({ code: 'é🙂' }, [new Uint8Array([0, 255]), new Uint8Array()]), metadata: { tags: ['a'] } };
    const { identities, message: read } = new Wire('k').decode(framesOf(new Wire('k'), message, ['id', 'way back']), 'shell');
    expect(identities.map(String)).toEqual(['id', 'way back']);
    expect({ ...read, buffers: read.buffers.map((buffer) => [...buffer]) }).toEqual({ ...message, buffers: [[0, 255], []] });
  });

  it('keeps the parent of a reply', () => {
    const { header } = request();
    const reply = composer.compose('shell', 'execute_reply', {}, header);
    expect(new Wire('k').decode(framesOf(new Wire('k'), reply), 'shell').message.parent_header).toEqual(header);
  });

  it('signs as Jupyter does: HMAC of header, parent, metadata and content, in hexadecimal', () => {
    const message = request();
    const [, signature, ...parts] = framesOf(new Wire('a key'), message);
    expect(String(signature)).toMatch(/^[0-9a-f]{64}$/);
    expect(parts).toHaveLength(4);
  });

  it.each([
    ['a wrong key', (frames: Buffer[]) => frames, 'other'],
    ['a changed part', (frames: Buffer[]) => frames.with(5, Buffer.from('{"code":"process.exit()"}')), 'k'],
    ['a cut signature', (frames: Buffer[]) => frames.with(1, frames[1]!.subarray(0, 10)), 'k'],
    ['no signature', (frames: Buffer[]) => frames.with(1, Buffer.alloc(0)), 'k'],
  ])('refuses %s', (_what, change, key) => {
    expect(() => new Wire(key).decode(change(framesOf(new Wire('k'), request())), 'shell')).toThrow('its signature is wrong');
  });

  it('refuses a message that is sent again, and not one that was refused before', () => {
    const wire = new Wire('k');
    const frames = framesOf(new Wire('k'), request());
    const changed = frames.with(5, Buffer.from('{}'));
    expect(() => wire.decode(changed, 'shell')).toThrow('its signature is wrong');
    wire.decode(frames, 'shell');
    expect(() => wire.decode(frames, 'shell')).toThrow('its signature was used before');
  });

  it('takes everything when the key is empty', () => {
    const frames = framesOf(new Wire(''), request());
    expect(String(frames[1])).toBe('');
    const wire = new Wire('');
    for (let times = 0; times < 2; times++) expect(wire.decode(frames, 'shell').message.content).toEqual({ code: '1' });
  });

  it.each([
    [[], 'too few frames'],
    [['<IDS|MSG>'], 'too few frames'],
    [['<IDS|MSG>', '', '{}', '{}', '{}'], 'too few frames'],
    [['<IDS|MSG>', '', '{}', '{}', '{}', '{}'], 'its header names no msg_id'],
    [['<IDS|MSG>', '', '[]', '{}', '{}', '{}'], 'no JSON object'],
    [['<IDS|MSG>', '', 'garbage', '{}', '{}', '{}'], 'JSON'],
  ])('refuses %j', (frames, message) => expect(() => new Wire('').decode(frames.map((text) => Buffer.from(text)), 'shell')).toThrow(message));

  it('sends no half surrogate pairs, which no UTF-8 file holds, and leaves text that looks like one', () => {
    const message = composer.compose('iopub', 'stream', { name: 'stdout', text: 'a\ud800b\udc00 \ud83d\ude00 \\ud800' });
    const content = String(framesOf(new Wire('k'), message).at(-1));
    expect(JSON.parse(content)).toEqual({ name: 'stdout', text: 'a\ufffdb\ufffd 😀 \\ud800' });
  });

  it('keeps any well-formed content', () => {
    const [writer, reader] = [new Wire('k'), new Wire('k')];
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ noUnicodeString: false, stringUnit: 'grapheme' })), fc.array(fc.uint8Array()), (content, buffers) => {
        const { message } = reader.decode(framesOf(writer, request(content, buffers)), 'shell');
        expect(JSON.stringify(message.content)).toBe(JSON.stringify(content));
        expect(message.buffers.map((buffer) => [...buffer])).toEqual(buffers.map((buffer) => [...buffer]));
      }),
    );
  });
});
