/** Asks the kernel for what is below the tiles of a payload, as long as one answers. */
import type { RemoteSource } from '../../../kernel/model/views/matrix/remote-source.js';
import type { TiledSource } from '../../../kernel/model/views/matrix/tiled-source.js';
import type { TilesRequest } from '../../../kernel/model/views/matrix/tile-messages.js';
import type { Channel, Channels } from '../kernel-channel.js';
import { later, whenLater } from './load-later.js';

export class DetailChannel {
  /** Keeps its answers while the view is drawn again. */
  #source: RemoteSource | undefined;
  readonly #channels: Channels;
  readonly #view: string;
  readonly #onChange: () => void;
  #channel: Channel | undefined;
  #isOpen = true;

  /** @param onChange an answer came, or nobody answers any more */
  constructor(channels: Channels, view: string, onChange: () => void) {
    this.#channels = channels;
    this.#view = view;
    this.#onChange = onChange;
    if (!later()) whenLater(onChange, onChange);
  }

  /** A source that knows more than the payload; undefined while there is none. */
  sourceOver(known: TiledSource): RemoteSource | undefined {
    const parts = later();
    if (!parts || !this.#isOpen) return undefined;
    return (this.#source ??= new parts.RemoteSource(known, (request) => this.ask(request)));
  }

  /** Until it is known that nobody answers. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  ask(request: TilesRequest): void {
    this.#channel ??= this.#channels.open(this.#view, {
      onMessage: (message) => {
        if (this.#source?.take(message)) this.#onChange();
      },
      onClose: () => {
        this.#isOpen = false;
        this.#source = undefined;
        this.#onChange();
      },
    });
    this.#channel.send(request);
  }

  dispose(): void {
    if (this.#isOpen) this.#channel?.close();
  }
}
