/**
 * What the kernel's main thread gives to the module `patchbay` that a cell imports.
 *
 * The runtime finds it at `globalThis[HOST_KEY]`; in a plain `node script.mjs` nothing is there and the runtime prints.
 */
import type { CommListener, CommMessage } from './comm.js';
import type { MimeBundle } from './messages.js';

export const HOST_KEY: unique symbol = Symbol.for('patchbay.host');

export interface DisplayOptions {
  /** Later displays and updates with the same id replace the data of this one, in place. */
  readonly displayId?: string;
  /** True: an `update_display_data`; false or absent: a new output. */
  readonly update?: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /**
   * An SVG document. The host turns it into an opaque PNG off the main thread and adds it to the bundle as
   * `image/png` before it publishes; order among outputs is kept.
   */
  readonly picture?: string;
}

export interface CommHost {
  send(message: CommMessage): void;
  /** Takes what clients send, in place of an earlier listener. */
  onMessage(listener: CommListener): void;
}

export type Wiring = 'mask' | 'layer' | 'model' | 'matrix';

/** What the variables view shows of a value beside its type. */
export interface ValueDescription {
  /** One line. */
  readonly preview: string;
  readonly shape?: readonly number[];
  readonly bytes?: number;
  /** True for a mask and for what has one. */
  readonly isMask?: boolean;
  readonly wiring?: Wiring;
}

export interface LookRequest {
  /** As messages and the picture's title call the value. */
  readonly title: string;
  /** Of a model or a list of masks: the key of the layer to show. */
  readonly layer?: string | undefined;
}

/** What the runtime knows of its own classes; none of it runs code of the user. */
export interface ValueKnowledge {
  describe(value: object): ValueDescription | undefined;
  /** A LookReply of kernel/model/look; undefined for a value of another kind. */
  look(value: object, request: LookRequest): object | undefined;
  /** What a getter of the runtime's own classes gives, such as `layer.mask`. */
  property(value: object, key: string): { readonly value: unknown } | undefined;
}

export interface RuntimeHost {
  /** Absolute folder that relative paths in cells start at. */
  readonly notebookFolder: string;
  /** Publishes to the cell that is the cause of the call; ordered with `console` and `process.stdout`. */
  display(data: MimeBundle, options?: DisplayOptions): void;
  clearOutput(wait: boolean): void;
  readonly comm: CommHost;
  /** Rejects when the client does not allow input, or when the cell is interrupted. */
  input(prompt: string, password: boolean): Promise<string>;
  /** True from the moment the user asked for an interrupt until the cell has ended: long loops end after their step. */
  readonly interruptRequested: boolean;
  /** Between two steps of a loop that has nothing to give back: @throws an error that ends the cell, when the user asked for it */
  checkpoint(): void;
  /**
   * A loop that looks at `interruptRequested` after each of its steps says so while it runs, and calls what it gets
   * when it ends: an interrupt then waits a second for it before it uses force. After force nothing of the loop runs, not
   * even its `finally`: `onForced` does then what has to be done.
   */
  enterLoop(onForced?: () => void): () => void;
  knowValues(knowledge: ValueKnowledge): void;
  /** Calls `reset` after every interrupt that did not wait for the code to end by itself. */
  afterForce(reset: () => void): void;
}
