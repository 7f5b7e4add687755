/** A kernel's host that writes down what the runtime asks of it. */
import type { CommListener, CommMessage } from '../../kernel/protocol/comm.js';
import { HOST_KEY, type DisplayOptions, type RuntimeHost, type ValueKnowledge } from '../../kernel/protocol/host.js';
import type { MimeBundle } from '../../kernel/protocol/messages.js';

export interface Shown extends DisplayOptions {
  readonly data: MimeBundle;
}

export class RecordingHost implements RuntimeHost {
  readonly notebookFolder: string;
  interruptRequested = false;
  readonly shown: Shown[] = [];
  readonly cleared: boolean[] = [];
  readonly asked: [string, boolean][] = [];

  constructor(notebookFolder = process.cwd()) {
    this.notebookFolder = notebookFolder;
  }

  display(data: MimeBundle, options: DisplayOptions = {}): void {
    // What is posted to another thread must be cloneable.
    this.shown.push({ ...options, data: structuredClone(data) });
  }

  readonly comms: CommMessage[] = [];
  commListener: CommListener = () => false;
  readonly comm = { send: (message: CommMessage) => void this.comms.push(structuredClone(message)), onMessage: (listener: CommListener) => void (this.commListener = listener) };

  clearOutput(wait: boolean): void {
    this.cleared.push(wait);
  }

  async input(prompt: string, password: boolean): Promise<string> {
    this.asked.push([prompt, password]);
    return 'answer';
  }

  checkpoint(): void {
    if (this.interruptRequested) throw new Error('interrupted');
  }

  knowledge: ValueKnowledge | undefined;

  knowValues(knowledge: ValueKnowledge): void {
    this.knowledge = knowledge;
  }

  readonly resets: (() => void)[] = [];

  afterForce(reset: () => void): void {
    this.resets.push(reset);
  }

  enterLoop(): () => void {
    return () => undefined;
  }

  get texts(): unknown[] {
    return this.shown.map(({ data }) => data['text/plain']);
  }
}

const globals = globalThis as { [HOST_KEY]?: RuntimeHost };

export function installHost(host: RuntimeHost): void {
  globals[HOST_KEY] = host;
}

export function removeHost(): void {
  delete globals[HOST_KEY];
}
