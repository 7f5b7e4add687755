/**
 * Jupyter messages as ZeroMQ frames: identities · `<IDS|MSG>` · signature · header · parent header · metadata · content · buffers.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChannelName, Header, Message } from '../../protocol/messages.js';

const DELIMITER = '<IDS|MSG>';
const DELIMITER_BYTES = Buffer.from(DELIMITER);
/** Header, parent header, metadata, content. */
const JSON_PARTS = 4;
/** As many signatures as Jupyter's own kernels remember to refuse a message that is sent again. */
const REMEMBERED_SIGNATURES = 1 << 16;

export interface Received {
  /** Frames that a ROUTER puts before a message, and wants before its reply. */
  readonly identities: readonly Buffer[];
  readonly message: Message;
}

export class Wire {
  readonly #key: string;
  readonly #hash: string;
  readonly #seen = new Set<string>();

  /** An empty key: messages are neither signed nor checked. */
  constructor(key: string, hash = 'sha256') {
    this.#key = key;
    this.#hash = hash;
  }

  encode(message: Message<object>, before: readonly (Buffer | string)[]): (Buffer | string)[] {
    const parts = [message.header, message.parent_header, message.metadata, message.content].map((part) => Buffer.from(wellFormedJson(part)));
    const buffers = message.buffers.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
    return [...before, DELIMITER, this.#sign(parts), ...parts, ...buffers];
  }

  /** @throws saying what is wrong: frames missing, a wrong or repeated signature, a part that is no JSON object */
  decode(frames: readonly Buffer[], channel: ChannelName): Received {
    const at = frames.findIndex((frame) => frame.equals(DELIMITER_BYTES));
    const signature = frames[at + 1];
    const parts = frames.slice(at + 2, at + 2 + JSON_PARTS);
    if (at < 0 || signature === undefined || parts.length < JSON_PARTS) throw new Error('it has too few frames');
    this.#check(signature.toString('latin1'), parts);
    const [header, parent, metadata, content] = parts.map(jsonObject);
    if (header === undefined || parent === undefined || metadata === undefined || content === undefined) throw new Error('it has too few frames');
    if (!isHeader(header)) throw new Error('its header names no msg_id and msg_type');
    const message: Message = { channel, header, parent_header: isHeader(parent) ? parent : {}, metadata, content, buffers: frames.slice(at + 2 + JSON_PARTS) };
    return { identities: frames.slice(0, at), message };
  }

  #sign(parts: readonly Buffer[]): string {
    if (this.#key === '') return '';
    const hmac = createHmac(this.#hash, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  }

  #check(signature: string, parts: readonly Buffer[]): void {
    if (this.#key === '') return;
    const [given, expected] = [Buffer.from(signature), Buffer.from(this.#sign(parts))];
    if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) throw new Error('its signature is wrong');
    if (this.#seen.has(signature)) throw new Error('its signature was used before');
    this.#seen.add(signature);
    const oldest = this.#seen.values().next().value;
    if (this.#seen.size > REMEMBERED_SIGNATURES && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** Half a surrogate pair is valid in JSON and in no file of UTF-8: a notebook that held one could not be saved. */
function wellFormedJson(value: object): string {
  const json = JSON.stringify(value);
  if (!json.includes('\\ud')) return json;
  return JSON.stringify(value, (_key, member: unknown) => (typeof member === 'string' ? Buffer.from(member).toString() : member));
}

function jsonObject(part: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(part.toString());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a part of it is no JSON object');
  // SAFETY: an object that JSON.parse made has no other members than strings name.
  return value as Record<string, unknown>;
}

function isHeader(value: object): value is Header {
  return 'msg_id' in value && typeof value.msg_id === 'string' && 'msg_type' in value && typeof value.msg_type === 'string';
}
