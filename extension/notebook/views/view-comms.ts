/** The open comms between views in notebook editors and kernels. */
import { VIEW_TARGET, type ViewMessage } from '../../../kernel/model/views/view-channel.js';
import type { CommMessage } from '../../../kernel/protocol/comm.js';

/** A view's renderer, in one editor of a notebook. */
export interface Place<Notebook> {
  readonly notebook: Notebook;
  /** False when the editor has gone. */
  post(message: ViewMessage): Promise<boolean>;
}

export interface ViewCommEdges<Notebook> {
  /** A number for each kernel process of the notebook; undefined while there is none. */
  session(notebook: Notebook): number | undefined;
  send(notebook: Notebook, message: CommMessage): void;
}

interface Open<Notebook> {
  readonly place: Place<Notebook>;
  readonly session: number;
}

/** Views open comms and kernels answer. A comm ends with either end of it: the editor, or the kernel's process. */
export class ViewComms<Notebook> {
  readonly #edges: ViewCommEdges<Notebook>;
  readonly #open = new Map<string, Open<Notebook>>();

  constructor(edges: ViewCommEdges<Notebook>) {
    this.#edges = edges;
  }

  fromView(place: Place<Notebook>, message: ViewMessage): void {
    const { id, type, data } = message;
    const comm: CommMessage = { type, id, data, metadata: {}, buffers: [], ...(type === 'comm_open' && { target: message.target }) };
    if (type === 'comm_open') {
      const session = this.#edges.session(place.notebook);
      // Views speak to what serves views; other programs of the notebook are none of theirs.
      if (session === undefined || message.target !== VIEW_TARGET) return this.#tell(place, { type: 'comm_close', id, data: { reason: 'no kernel' } });
      this.#open.set(id, { place, session });
    } else if (!this.#open.has(id)) return;
    if (type === 'comm_close') this.#open.delete(id);
    this.#edges.send(place.notebook, comm);
  }

  /** A message of a comm that no view has opened is somebody else's. */
  fromKernel({ type, id, data }: CommMessage): void {
    const open = this.#open.get(id);
    if (open === undefined || type === 'comm_open') return;
    if (type === 'comm_close') this.#open.delete(id);
    this.#tell(open.place, { type, id, data });
  }

  /** Tells the views of kernels that are no longer there. */
  closeLost(): void {
    for (const [id, { place, session }] of this.#open) {
      if (this.#edges.session(place.notebook) === session) continue;
      this.#open.delete(id);
      this.#tell(place, { type: 'comm_close', id, data: { reason: 'the kernel ended' } });
    }
  }

  #tell(place: Place<Notebook>, message: ViewMessage): void {
    void place.post(message).then((arrived) => {
      if (arrived || !this.#open.delete(message.id)) return;
      this.#edges.send(place.notebook, { type: 'comm_close', id: message.id, data: {}, metadata: {}, buffers: [] });
    });
  }
}
