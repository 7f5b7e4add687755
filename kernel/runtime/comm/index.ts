/**
 * Comms of the Jupyter protocol: a widget or another program in the client speaks to code of the notebook, and back.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages
 */
import type { CommMessage } from '../../protocol/comm.js';
import { ArgumentError } from '../argument-error.js';
import { currentHost } from '../display/host.js';
import { Comm, post, type CommOptions } from './comm.js';

export { Comm, type CommExtras, type CommOptions, type DataListener } from './comm.js';

/** Called when the client opens a comm with the data that it sent. */
export type TargetListener = (comm: Comm, data: unknown) => unknown;

const open = new Map<string, Comm>();
const targets = new Map<string, TargetListener>();

export const comm = {
  /** Opens a comm to the target of that name in the client. */
  open(target: string, data: unknown = {}, options: CommOptions = {}): Comm {
    checkTarget('comm.open: target', target);
    const opened = new Comm(target);
    post('comm_open', opened, data, options);
    keep(opened);
    return opened;
  },

  /** Answers comms that the client opens to `target`, in place of an earlier listener. Returns the way to stop. */
  registerTarget(target: string, listener: TargetListener): () => void {
    checkTarget('comm.registerTarget: target', target);
    if (typeof listener !== 'function') throw new ArgumentError('comm.registerTarget: listener', listener, 'a function of the comm and its data');
    targets.set(target, listener);
    currentHost()?.comm.onMessage(take);
    return () => {
      if (targets.get(target) === listener) targets.delete(target);
    };
  },
};

/** What the client sends; see CommListener. */
function take(message: CommMessage): boolean {
  if (message.type === 'comm_open') return takeOpen(message);
  const known = open.get(message.id);
  known?.take(message);
  return known !== undefined;
}

function takeOpen({ id, target = '', data }: CommMessage): boolean {
  const listener = targets.get(target);
  if (listener === undefined) return false;
  const opened = new Comm(target, id);
  keep(opened);
  listener(opened, data);
  return true;
}

function keep(opened: Comm): void {
  open.set(opened.id, opened);
  opened.onClose(() => void open.delete(opened.id));
  currentHost()?.comm.onMessage(take);
}

function checkTarget(argument: string, target: unknown): void {
  if (typeof target !== 'string' || target === '') throw new ArgumentError(argument, target, 'the name of a target');
}
