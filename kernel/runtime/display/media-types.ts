/** Media types and the form of their data on the wire. */
import type { MimeBundle } from '../../protocol/messages.js';

const MEDIA_TYPE = /^(application|audio|font|image|model|text|video|x-[\w-]+)\/[\w!#$&^.+-]+(;.*)?$/;

/** A plain object with at least one key, every one of them a media type. */
export function isBundle(value: unknown): value is MimeBundle {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (vm contexts) have another Object.prototype; theirs has no prototype of its own either.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => MEDIA_TYPE.test(key));
}

const isJson = (type: string): boolean => /^application\/(.*\+)?json$/.test(type);

/** Bytes become base64, JSON types become plain JSON, everything else text. */
export function encodeData(type: string, data: unknown): unknown {
  if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('base64');
  if (isJson(type)) return toJson(type, data);
  if (typeof data === 'string') return data.toWellFormed();
  return typeof data === 'number' || typeof data === 'boolean' || typeof data === 'bigint' ? String(data) : toJson(type, data);
}

function toJson(type: string, data: unknown): unknown {
  const text: string | undefined = JSON.stringify(data);
  if (text === undefined) throw new TypeError(`display: the data of ${type} is ${typeof data}, expected a value that JSON can hold`);
  return JSON.parse(text);
}
