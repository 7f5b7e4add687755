/**
 * What a renderer and the extension say to each other: messages of comms (Jupyter messaging protocol 5.4) whose other end is code
 * of the notebook. A renderer opens a comm for the view it draws; without a kernel that knows the view, it is closed at once.
 */
export type ViewMessage =
  | { readonly type: 'comm_open'; readonly id: string; readonly target: string; readonly data: unknown }
  | { readonly type: 'comm_msg' | 'comm_close'; readonly id: string; readonly data: unknown };

/** The target of comms that belong to a view; their first data is `{ view: id }`. */
export const VIEW_TARGET = 'patchbay.view';

/** Undefined for anything that is no such message. */
export function readViewMessage(message: unknown): ViewMessage | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('id' in message) || typeof message.id !== 'string') return undefined;
  const data = 'data' in message ? message.data : {};
  if (message.type === 'comm_msg' || message.type === 'comm_close') return { type: message.type, id: message.id, data };
  if (message.type !== 'comm_open' || !('target' in message) || typeof message.target !== 'string') return undefined;
  return { type: 'comm_open', id: message.id, target: message.target, data };
}
