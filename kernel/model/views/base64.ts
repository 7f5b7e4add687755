/**
 * Base64 (RFC 4648, section 4) of bytes, and of little-endian typed arrays.
 *
 * Written here because this folder runs in Node and in a browser and may use neither `Buffer` nor `atob`.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const CODES = new Int16Array(128).fill(-1);
for (let at = 0; at < ALPHABET.length; at++) CODES[ALPHABET.charCodeAt(at)] = at;

/** Characters that `bytes` bytes take. */
export const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);

export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const triple = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    part += ALPHABET.charAt(triple >> 18) + ALPHABET.charAt((triple >> 12) & 63);
    part += (left > 1 ? ALPHABET.charAt((triple >> 6) & 63) : '=') + (left > 2 ? ALPHABET.charAt(triple & 63) : '=');
    if (part.length >= 8192) {
      parts.push(part);
      part = '';
    }
  }
  return parts.join('') + part;
}

/** Null for a text that is not base64. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const last = text.length - padding;
  let at = 0;
  for (let from = 0; from < text.length; from += 4) {
    let quad = 0;
    for (let k = from; k < from + 4; k++) {
      const code = k < last ? (CODES[text.charCodeAt(k)] ?? -1) : 0;
      if (code < 0) return null;
      quad = (quad << 6) | code;
    }
    if (at < bytes.length) bytes[at++] = quad >> 16;
    if (at < bytes.length) bytes[at++] = (quad >> 8) & 255;
    if (at < bytes.length) bytes[at++] = quad & 255;
  }
  return bytes;
}

/** Bytes a number takes on the wire: the smallest of 1, 2 and 4 that holds `max`. */
export const widthFor = (max: number): 1 | 2 | 4 => (max < 256 ? 1 : max < 65536 ? 2 : 4);

/** Unsigned integers, each in the smallest width that holds them all. */
export function encodeUints(values: Uint32Array): string {
  let max = 0;
  for (const value of values) if (value > max) max = value;
  const width = widthFor(max);
  if (width === 1) return encodeBase64(Uint8Array.from(values));
  const bytes = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, at) => (width === 2 ? bytes.setUint16(2 * at, value, true) : bytes.setUint32(4 * at, value, true)));
  return encodeBase64(new Uint8Array(bytes.buffer));
}

/** `count` unsigned integers; the width follows from the length. Null when the text holds another number of them. */
export function decodeUints(text: string, count: number): Uint32Array | null {
  const bytes = decodeBase64(text);
  if (!bytes) return null;
  if (count === 0) return bytes.length === 0 ? new Uint32Array(0) : null;
  const width = bytes.length / count;
  if (width === 1) return Uint32Array.from(bytes);
  if (width !== 2 && width !== 4) return null;
  const view = new DataView(bytes.buffer);
  const values = new Uint32Array(count);
  for (let at = 0; at < count; at++) values[at] = width === 2 ? view.getUint16(2 * at, true) : view.getUint32(4 * at, true);
  return values;
}

export function encodeFloats(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, at) => bytes.setFloat32(4 * at, value, true));
  return encodeBase64(new Uint8Array(bytes.buffer));
}

/** Null when the text does not hold exactly `count` float32 (or, without `count`, a whole number of them). */
export function decodeFloats(text: string, count?: number): Float32Array | null {
  const bytes = decodeBase64(text);
  if (!bytes || bytes.length % 4 !== 0 || (count !== undefined && bytes.length !== 4 * count)) return null;
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(bytes.length / 4);
  // A loop: Float32Array.from with a function takes ten times as long, and points of a running training come often.
  for (let at = 0; at < values.length; at++) values[at] = view.getFloat32(4 * at, true);
  return values;
}
