/** Code that answers the renderers of a view: they open a comm with the id that the view's payload names. */
import { VIEW_TARGET } from '../../model/views/view-channel.js';
import { comm, type Comm } from './index.js';

export type ViewListener = (comm: Comm) => void;

const served = new Map<string, ViewListener>();

/** Calls `onOpen` for each renderer that draws the view `id`, now or later. Returns the way to stop. */
export function serveView(id: string, onOpen: ViewListener): () => void {
  comm.registerTarget(VIEW_TARGET, take);
  served.set(id, onOpen);
  return () => void (served.get(id) === onOpen && served.delete(id));
}

function take(opened: Comm, data: unknown): void {
  const view = typeof data === 'object' && data !== null && 'view' in data ? data.view : undefined;
  const onOpen = typeof view === 'string' ? served.get(view) : undefined;
  if (onOpen) onOpen(opened);
  else opened.close({ reason: 'unknown view' });
}
