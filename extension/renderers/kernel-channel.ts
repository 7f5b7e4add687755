/** A renderer's comms: messages to the code that made a view, and back. */
import type { RendererContext } from 'vscode-notebook-renderer';
import { readViewMessage, VIEW_TARGET, type ViewMessage } from '../../kernel/model/views/view-channel.js';

export interface Channel {
  send(data: unknown): void;
  close(): void;
}

export interface ChannelListener {
  onMessage(data: unknown): void;
  /** The kernel has gone, or does not know the view. Not called after `close`. */
  onClose(): void;
}

/** How a view reaches its kernel. */
export interface Channels {
  /** @param view the id that the view's payload names */
  open(view: string, listener: ChannelListener): Channel;
}

/** What VS Code gives a renderer for this, where it gives it. */
export type Messaging = Pick<RendererContext<unknown>, 'postMessage' | 'onDidReceiveMessage'>;

/** Undefined where nobody takes messages: a saved notebook in another program. */
export function kernelChannels({ postMessage, onDidReceiveMessage }: Messaging): Channels | undefined {
  if (!postMessage || !onDidReceiveMessage) return undefined;
  const open = new Map<string, ChannelListener>();
  const post = (message: ViewMessage): void => postMessage(message);
  onDidReceiveMessage((received: unknown) => {
    const message = readViewMessage(received);
    if (!message || message.type === 'comm_open') return;
    const listener = open.get(message.id);
    if (message.type === 'comm_close') {
      open.delete(message.id);
      listener?.onClose();
    } else if (listener) listener.onMessage(message.data);
    // A webview that was made anew knows nothing of the comms of the one before it.
    else post({ type: 'comm_close', id: message.id, data: {} });
  });
  return {
    open(view, listener) {
      const id = newId();
      open.set(id, listener);
      post({ type: 'comm_open', id, target: VIEW_TARGET, data: { view } });
      return {
        send: (data) => void (open.has(id) && post({ type: 'comm_msg', id, data })),
        close: () => void (open.delete(id) && post({ type: 'comm_close', id, data: {} })),
      };
    },
  };
}

/** `crypto.randomUUID` is not there where VS Code is served over plain HTTP. */
const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
