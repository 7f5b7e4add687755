import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageComposer } from './compose.js';
import { encodeFrame, FrameReader, MAX_FRAME_BYTES, type Utf8 } from './frame.js';
import type { Message } from './messages.js';

const utf8: Utf8 = { encode: (text) => new TextEncoder().encode(text), decode: (bytes) => new TextDecoder().decode(bytes) };
const composer = new MessageComposer('s');
const message = (content: Record<string, unknown>, buffers: Uint8Array[] = []): Message => ({ ...composer.compose('iopub', 'stream', content), buffers });

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const size of sizes) {
    if (offset >= bytes.length) break;
    chunks.push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  if (offset < bytes.length) chunks.push(bytes.subarray(offset));
  return chunks;
}

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    const anyMessage = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 60 })), (contents, sizes) => {
        const sent = contents.map(([content, buffers]) => message({ ...content }, buffers));
        const stream = Buffer.concat(sent.map((one) => encodeFrame(one, utf8)));
        const reader = new FrameReader(utf8);
        const got = cut(stream, sizes).flatMap((chunk) => reader.push(chunk));
        expect(got.map((one) => JSON.stringify({ ...one, buffers: one.buffers.map((buffer) => [...buffer]) }))).toEqual(
          sent.map((one) => JSON.stringify({ ...one, buffers: one.buffers.map((buffer) => [...buffer]) })),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a length that no frame has', () => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, MAX_FRAME_BYTES + 1);
    expect(() => new FrameReader(utf8).push(head)).toThrow(/announces 1073741825 bytes/);
  });

  it('refuses garbage, and JSON that is no message', () => {
    expect(() => new FrameReader(utf8).push(utf8.encode('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(100)))).toThrow();
    const json = utf8.encode('{"hello":1}');
    const frame = new Uint8Array(12 + json.length);
    const view = new DataView(frame.buffer);
    view.setUint32(0, 8 + json.length);
    view.setUint32(4, 1);
    view.setUint32(8, json.length);
    frame.set(json, 12);
    expect(() => new FrameReader(utf8).push(frame)).toThrow(/no message/);
  });

  it('refuses parts that reach beyond the frame', () => {
    const frame = encodeFrame(message({ a: 1 }), utf8);
    new DataView(frame.buffer).setUint32(8, 1_000_000);
    expect(() => new FrameReader(utf8).push(frame)).toThrow(/beyond its end/);
  });
});
