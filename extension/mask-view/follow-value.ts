import * as vscode from 'vscode';
import type { LookReply } from '../../kernel/model/look/look.js';
import { parseValuePath } from '../../kernel/model/look/value-path.js';
import { patchbayError } from '../errors/catalogue.js';
import type { PatchbayController } from '../notebook/controller.js';
import type { NotebookRun } from '../notebook/notebook-run.js';
import { nameOf } from '../places/uri.js';
import type { LookSource } from './look-source.js';
import type { PanelEvent } from './panel-state.js';
import { valueLook } from './value-look.js';

type ValueSource = Extract<LookSource, { readonly kind: 'value' }>;

/** A notebook run from top to bottom ends many cells in a row. */
const REST_MS = 100;

/** The value of an expression in the kernel of a notebook, over the kernel's lives. */
export class FollowedValue implements vscode.Disposable {
  readonly #source: ValueSource;
  readonly #controller: PatchbayController;
  readonly #registration: vscode.Disposable;
  /** An untitled notebook that is saved goes on under another name, with the same run. */
  #run: NotebookRun | undefined;
  #running: number | undefined;
  #wasReady = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param tell hears of each cell that has ended, and of the kernel's end */
  constructor(source: ValueSource, controller: PatchbayController, tell: (event: PanelEvent) => void) {
    this.#source = source;
    this.#controller = controller;
    const run = this.#find();
    this.#running = run?.state.running?.run;
    this.#wasReady = run?.state.kernel === 'ready';
    this.#registration = controller.onDidChange(() => this.#changed(tell));
  }

  /** True while a cell runs: an answer may take as long as it does. */
  get isBusy(): boolean {
    return this.#find()?.state.running !== undefined;
  }

  /** @throws PatchbayError `noKernel`, and what `valueLook` throws */
  async ask(layer: string | undefined): Promise<LookReply> {
    const { expression } = this.#source;
    if (parseValuePath(expression) === undefined) await this.#idle();
    return valueLook(expression, layer, this.#needRun().kernel);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#registration.dispose();
  }

  #find(): NotebookRun | undefined {
    if (this.#run === undefined || this.#controller.run(this.#run.notebook) !== this.#run) this.#run = this.#controller.runAt(this.#source.notebook);
    return this.#run;
  }

  #needRun(): NotebookRun {
    const run = this.#find();
    if (run?.state.kernel !== 'ready') throw patchbayError('noKernel', `\`${this.#source.expression}\` cannot be looked at`);
    return run;
  }

  /** An expression that is evaluated takes its turn between cells. */
  async #idle(): Promise<void> {
    while (this.#needRun().state.running !== undefined) {
      await new Promise<void>((resolve) => {
        const waiting = this.#controller.onDidChange(() => {
          waiting.dispose();
          resolve();
        });
      });
    }
  }

  #changed(tell: (event: PanelEvent) => void): void {
    const run = this.#find();
    const isReady = run?.state.kernel === 'ready';
    const running = run?.state.running?.run;
    const hasEnded = this.#running !== undefined && running !== this.#running;
    if (this.#wasReady && !isReady) {
      clearTimeout(this.#timer);
      tell({ type: 'ended', problem: `The kernel of ${nameOf(vscode.Uri.parse(this.#source.notebook))} has ended, and its variables with it. Run the cells again, and this goes on.` });
    } else if (isReady && hasEnded && parseValuePath(this.#source.expression) !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => tell({ type: 'refresh' }), REST_MS);
    }
    this.#wasReady = isReady;
    this.#running = running;
  }
}
