/**
 * Length-prefixed frames of Jupyter messages over a byte stream (fd 3 of the kernel process).
 *
 * A frame is: u32 n (bytes that follow) · u32 parts · u32 length of each part · the parts.
 * Part 0 is the message as JSON in UTF-8 without its buffers, the others are the buffers. Integers are big-endian.
 */
import type { Message } from './messages.js';

/** A frame that announces more is refused: it is garbage, or would take the process down. */
export const MAX_FRAME_BYTES = 1 << 30;

export interface Utf8 {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
}

export function encodeFrame(message: Message, utf8: Utf8): Uint8Array {
  const { buffers, ...rest } = message;
  const parts = [utf8.encode(JSON.stringify(rest)), ...buffers];
  const headBytes = 8 + 4 * parts.length;
  const total = parts.reduce((sum, part) => sum + part.byteLength, headBytes);
  const frame = new Uint8Array(total);
  const view = new DataView(frame.buffer);
  view.setUint32(0, total - 4);
  view.setUint32(4, parts.length);
  let offset = headBytes;
  parts.forEach((part, index) => {
    view.setUint32(8 + 4 * index, part.byteLength);
    frame.set(part, offset);
    offset += part.byteLength;
  });
  return frame;
}

/** Cuts a byte stream into messages, whatever the chunks are. Throws on a frame that cannot be one. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  readonly #utf8: Utf8;

  constructor(utf8: Utf8) {
    this.#utf8 = utf8;
  }

  push(chunk: Uint8Array): Message[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const messages: Message[] = [];
    for (;;) {
      if (this.#bytes < 4) return messages;
      const length = this.#peekLength();
      if (length > MAX_FRAME_BYTES || length < 8) throw new Error(`a frame announces ${length} bytes: the other side does not speak this protocol`);
      if (this.#bytes < 4 + length) return messages;
      messages.push(decodeFrame(this.#take(4 + length), this.#utf8));
    }
  }

  #peekLength(): number {
    const head = new Uint8Array(4);
    let filled = 0;
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, 4 - filled);
      head.set(part, filled);
      filled += part.byteLength;
      if (filled === 4) break;
    }
    return new DataView(head.buffer).getUint32(0);
  }

  #take(length: number): Uint8Array {
    this.#bytes -= length;
    const first = this.#chunks[0];
    if (first !== undefined && first.byteLength >= length) {
      if (first.byteLength === length) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    const taken = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined) throw new Error('the frame reader lost count of its bytes');
      const part = chunk.subarray(0, length - filled);
      taken.set(part, filled);
      filled += part.byteLength;
      if (part.byteLength < chunk.byteLength) this.#chunks.unshift(chunk.subarray(part.byteLength));
    }
    return taken;
  }
}

function decodeFrame(frame: Uint8Array, utf8: Utf8): Message {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const count = view.getUint32(4);
  const parts: Uint8Array[] = [];
  let offset = 8 + 4 * count;
  if (count < 1 || offset > frame.byteLength) throw new Error(`a frame announces ${count} parts in ${frame.byteLength} bytes`);
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(8 + 4 * index);
    if (offset + length > frame.byteLength) throw new Error(`part ${index} of a frame reaches beyond its end`);
    parts.push(frame.subarray(offset, offset + length));
    offset += length;
  }
  const [json = new Uint8Array(), ...buffers] = parts;
  const parsed: unknown = JSON.parse(utf8.decode(json));
  if (!isMessageHead(parsed)) throw new Error('a frame holds no message: header.msg_type and channel are needed');
  return { ...parsed, buffers };
}

function isMessageHead(value: unknown): value is Omit<Message, 'buffers'> {
  if (typeof value !== 'object' || value === null) return false;
  if (!('header' in value) || typeof value.header !== 'object' || value.header === null) return false;
  return 'msg_type' in value.header && typeof value.header.msg_type === 'string' && 'msg_id' in value.header && 'channel' in value && 'content' in value;
}
