import type { Message } from '../../protocol/messages.js';

/** One client connection. Every message goes through one queue: `send` resolves when the next may be sent. */
export interface Transport {
  send(message: Message<object>): Promise<void>;
  onMessage(listener: (message: Message) => void): void;
  /** The client is gone: the kernel ends itself. */
  onClose(listener: (reason: string) => void): void;
  close(): Promise<void>;
}
