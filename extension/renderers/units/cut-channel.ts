/** Asks the code that made a boundary what it looks like without one connection; one question at a time, the last one wins. */
import type { CutConnection } from '../../../kernel/model/views/boundary/boundary-view.js';
import type { Channel, Channels } from '../kernel-channel.js';

export interface CutAnswer {
  /** A payload of the boundary, as it came. */
  onBoundary(payload: unknown): void;
  onProblem(sentence: string): void;
}

export const NO_KERNEL = 'No kernel answers: run the cell again to cut connections.';

export class CutChannel {
  readonly #channels: Channels | undefined;
  readonly #answer: CutAnswer;
  #channel: Channel | undefined;
  #view: string | undefined;
  #waiting = false;
  #next: CutConnection | undefined;

  constructor(channels: Channels | undefined, answer: CutAnswer) {
    this.#channels = channels;
    this.#answer = answer;
  }

  ask(view: string | undefined, cut: CutConnection): void {
    if (view === undefined || !this.#channels) return this.#answer.onProblem(NO_KERNEL);
    if (view !== this.#view) this.close();
    this.#view = view;
    this.#channel ??= this.#channels.open(view, {
      onMessage: (data) => this.#take(data),
      onClose: () => {
        this.#channel = undefined;
        this.#waiting = false;
        this.#answer.onProblem(NO_KERNEL);
      },
    });
    this.#next = cut;
    this.#send();
  }

  /** What was asked is no longer wanted. */
  forget(): void {
    this.#next = undefined;
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.#waiting = false;
    this.#next = undefined;
  }

  #send(): void {
    if (this.#waiting || !this.#next) return;
    const { layer, key, row, column } = this.#next;
    this.#next = undefined;
    this.#waiting = true;
    this.#channel?.send({ cut: { layer, key, row, column } });
  }

  #take(data: unknown): void {
    this.#waiting = false;
    if (typeof data === 'object' && data !== null) {
      if ('boundary' in data) this.#answer.onBoundary(data.boundary);
      else if ('problem' in data && typeof data.problem === 'string') this.#answer.onProblem(data.problem);
    }
    this.#send();
  }
}
