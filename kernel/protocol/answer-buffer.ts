/**
 * A text that one thread waits for and the other gives: `prompt()` blocks the main thread, which then reads no messages.
 *
 * Layout: i32 state (0: waiting, 1: answered) · i32 bytes · the text in UTF-8.
 */
const HEAD_BYTES = 8;
const MAX_BYTES = 1 << 20;

export const newAnswerBuffer = (): SharedArrayBuffer => new SharedArrayBuffer(HEAD_BYTES + MAX_BYTES);

export function giveAnswer(buffer: SharedArrayBuffer, utf8: Uint8Array): void {
  const bytes = utf8.subarray(0, MAX_BYTES);
  new Uint8Array(buffer, HEAD_BYTES).set(bytes);
  const head = new Int32Array(buffer, 0, 2);
  Atomics.store(head, 1, bytes.byteLength);
  Atomics.store(head, 0, 1);
  Atomics.notify(head, 0);
}

/** Blocks this thread; a terminate of it ends the wait. The bytes are a copy. */
export function awaitAnswer(buffer: SharedArrayBuffer): Uint8Array {
  const head = new Int32Array(buffer, 0, 2);
  while (Atomics.load(head, 0) === 0) Atomics.wait(head, 0, 0);
  return new Uint8Array(buffer).slice(HEAD_BYTES, HEAD_BYTES + Atomics.load(head, 1));
}
