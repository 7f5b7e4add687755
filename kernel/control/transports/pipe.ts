import { Socket } from 'node:net';
import { encodeFrame, FrameReader, type Utf8 } from '../../protocol/frame.js';
import type { Message } from '../../protocol/messages.js';
import type { Transport } from './transport.js';

const utf8: Utf8 = { encode: (text) => Buffer.from(text, 'utf8'), decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') };

/** Frames over an inherited file descriptor, which is a pipe or a socket pair. */
export class PipeTransport implements Transport {
  readonly #socket: Socket;

  constructor(fileDescriptor: number) {
    this.#socket = new Socket({ fd: fileDescriptor, readable: true, writable: true });
  }

  send(message: Message<object>): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    // SAFETY: only the static type of the content differs; a frame holds any JSON object.
    const frame = encodeFrame(message as Message, utf8);
    if (this.#socket.write(frame)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done).off('close', done);
        resolve();
      };
      this.#socket.once('drain', done).once('close', done);
    });
  }

  onMessage(listener: (message: Message) => void): void {
    const reader = new FrameReader(utf8);
    this.#socket.on('data', (chunk: Buffer) => {
      let messages: Message[];
      try {
        messages = reader.push(chunk);
      } catch (error) {
        this.#socket.destroy(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      messages.forEach(listener);
    });
  }

  onClose(listener: (reason: string) => void): void {
    let reason = 'the client closed the connection';
    this.#socket.on('error', (error) => {
      // A client that has gone while something was being sent to it.
      const isGone = 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET');
      if (!isGone) reason = error.message;
    });
    this.#socket.on('end', () => this.#socket.end());
    this.#socket.on('close', () => listener(reason));
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.#socket.destroyed ? resolve() : this.#socket.end(resolve)));
  }
}
