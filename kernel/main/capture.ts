import { StringDecoder } from 'node:string_decoder';

/** Sends what is written to a stream of this process elsewhere, whole UTF-8 characters at a time. */
export function captureStream(stream: NodeJS.WriteStream, onText: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback;
    const text =
      typeof chunk === 'string'
        ? typeof encoding === 'string' && Buffer.isEncoding(encoding) && !isUtf8(encoding)
          ? decoder.write(Buffer.from(chunk, encoding))
          : chunk
        : chunk instanceof Uint8Array
          ? decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
          : undefined;
    if (text === undefined) throw new TypeError(`write takes a string or bytes, not ${chunk === null ? 'null' : typeof chunk}`);
    if (text !== '') onText(text);
    if (typeof done === 'function') process.nextTick(() => void Reflect.apply(done, undefined, []));
    return true;
  };
  Object.defineProperty(stream, 'write', { value: write, writable: true, configurable: true });
  // Programs that ask how wide the terminal is get an answer that fits a notebook.
  Object.defineProperty(stream, 'columns', { value: 120, writable: true, configurable: true });
}

const isUtf8 = (encoding: string): boolean => /^utf-?8$/i.test(encoding);
