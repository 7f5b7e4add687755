import type { CommHost, DisplayOptions, LookRequest, RuntimeHost, ValueDescription, ValueKnowledge } from '../protocol/host.js';
import { LOOK_MIME } from '../model/views/media-types.js';
import type { MimeBundle } from '../protocol/messages.js';
import { SharedWord } from '../protocol/threads.js';
import { lookAtValue } from './look/look-at.js';
import type { Causes } from './causes.js';
import type { Comms } from './comms.js';
import type { Inputs } from './stdin/inputs.js';
import { Interrupted } from './interrupted.js';
import type { Outbox } from './outbox.js';

/** The kernel as the module `patchbay` sees it. */
export class KernelHost implements RuntimeHost {
  readonly notebookFolder: string;
  readonly comm: CommHost;
  readonly #outbox: Outbox;
  readonly #causes: Causes;
  readonly #inputs: Inputs;
  readonly #shared: Int32Array;
  readonly #loops = new Set<() => void>();
  readonly #resets: (() => void)[] = [];
  #knowledge: ValueKnowledge | undefined;

  constructor(notebookFolder: string, outbox: Outbox, causes: Causes, inputs: Inputs, comms: Comms, shared: Int32Array) {
    this.notebookFolder = notebookFolder;
    this.comm = { send: (message) => comms.send(message), onMessage: (listener) => comms.listen(listener) };
    this.#outbox = outbox;
    this.#causes = causes;
    this.#inputs = inputs;
    this.#shared = shared;
  }

  get interruptRequested(): boolean {
    return Atomics.load(this.#shared, SharedWord.interruptRequested) === 1;
  }

  checkpoint(): void {
    if (this.interruptRequested) throw new Interrupted();
  }

  enterLoop(onForced: () => void = () => undefined): () => void {
    Atomics.add(this.#shared, SharedWord.cooperativeLoops, 1);
    this.#loops.add(onForced);
    return () => {
      if (this.#loops.delete(onForced)) Atomics.sub(this.#shared, SharedWord.cooperativeLoops, 1);
    };
  }

  /** Undefined for a value of another kind than the runtime's, and before the runtime is loaded. */
  describe(value: object): ValueDescription | undefined {
    return this.#knowledge?.describe(value);
  }

  /** As `describe`. */
  look(value: object, request: LookRequest): object | undefined {
    return this.#knowledge?.look(value, request);
  }

  /** As `describe`. */
  property(value: object, key: string): { readonly value: unknown } | undefined {
    return this.#knowledge?.property(value, key);
  }

  /** What an expression of *Visualize Mask* gives, as a bundle: the extension has it evaluated like any other. */
  lookAt(value: unknown, request: LookRequest): MimeBundle {
    return { [LOOK_MIME]: lookAtValue(value, request, { look: (known, asked) => this.look(known, asked) }) };
  }

  knowValues(knowledge: ValueKnowledge): void {
    this.#knowledge = knowledge;
  }

  afterForce(reset: () => void): void {
    this.#resets.push(reset);
  }

  /** Cleans up behind code that was terminated, or that waits and will not be continued. */
  forced(): void {
    const loops = [...this.#loops];
    this.#loops.clear();
    Atomics.store(this.#shared, SharedWord.cooperativeLoops, 0);
    for (const clean of [...loops, ...this.#resets]) clean();
  }

  display(data: MimeBundle, options: DisplayOptions = {}): void {
    const content = {
      data,
      metadata: options.metadata ?? {},
      ...(options.displayId === undefined ? {} : { transient: { display_id: options.displayId } }),
    };
    const type = options.update === true ? 'update_display_data' : 'display_data';
    this.#outbox.output(this.#causes.current, { msg_type: type, content }, options.picture);
  }

  clearOutput(wait: boolean): void {
    this.#outbox.output(this.#causes.current, { msg_type: 'clear_output', content: { wait } });
  }

  input(prompt: string, password: boolean): Promise<string> {
    return this.#inputs.ask(this.#causes.current, prompt, password);
  }
}
