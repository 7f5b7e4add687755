import * as vscode from 'vscode';
import { NotebookKernel, type LaunchedKernel } from '../kernel-client/notebook-kernel.js';
import type { CommMessage } from '../../kernel/protocol/comm.js';
import type { DiagnosticsContent } from '../../kernel/protocol/language.js';
import type { ErrorContent, KernelInfoReply } from '../../kernel/protocol/messages.js';
import type { TypeErrorMode } from '../../kernel/protocol/type-errors.js';
import { askInput } from './ask-input.js';
import { CellExecutions, cellId } from './cell-executions.js';
import { tagsOf, withKernel } from './metadata.js';
import { INITIAL, type RunEffect, type RunEvent, type RunState } from './run/state.js';
import { step } from './run/step.js';

export interface NotebookRunEdges {
  readonly controller: vscode.NotebookController;
  launch(notebook: vscode.NotebookDocument): Promise<LaunchedKernel>;
  /** The kernel's state changed. */
  onChange(): void;
  /** @param reason why the kernel cannot end the cell, where it said so */
  offerRestart(notebook: vscode.NotebookDocument, reason: string | undefined): void;
  /** What happens with a cell that has type errors. */
  typeErrors(notebook: vscode.NotebookDocument): TypeErrorMode;
  onDiagnostics(notebook: vscode.NotebookDocument, content: DiagnosticsContent): void;
  /** What code of the notebook says to a view of it. */
  onComm(message: CommMessage): void;
  /** The kernel died or did not start. */
  tellEnd(error: ErrorContent): void;
  log(line: string): void;
}

const INTERRUPT_GRACE_MS = 10_000;
const LATE_OUTPUT_MS = 50;

/** Drives the run of one notebook: events in, `step`, effects out. */
export class NotebookRun implements vscode.Disposable {
  readonly kernel: NotebookKernel;
  nodeLabel: string | undefined;
  readonly #edges: NotebookRunEdges;
  readonly #executions: CellExecutions;
  readonly #events: RunEvent[] = [];
  #notebook: vscode.NotebookDocument;
  #state = INITIAL;
  #stepping = false;
  #hasRun = false;
  /** Of a kernel that has not yet run a cell. */
  #info: KernelInfoReply | undefined;
  #interruptTimer: NodeJS.Timeout | undefined;
  #lateTimer: NodeJS.Timeout | undefined;

  constructor(notebook: vscode.NotebookDocument, edges: NotebookRunEdges) {
    this.#notebook = notebook;
    this.#edges = edges;
    this.#executions = new CellExecutions(edges.controller, notebook, (line) => edges.log(line));
    this.kernel = new NotebookKernel({
      launch: () => edges.launch(this.#notebook),
      raise: (event) => this.raise(event),
      onReady: (info, nodeLabel) => this.#onReady(info, nodeLabel),
      askInput,
      onDiagnostics: (content) => edges.onDiagnostics(this.#notebook, content),
      onComm: (message) => edges.onComm(message),
      log: (line) => edges.log(line),
    });
  }

  get notebook(): vscode.NotebookDocument {
    return this.#notebook;
  }

  /** Whether a cell was ever sent: without one there are no values. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  get state(): RunState {
    return this.#state;
  }

  /** An untitled notebook was saved: its kernel goes on with the document of the file. */
  moveTo(notebook: vscode.NotebookDocument): void {
    const to = new Map(this.#notebook.getCells().map((cell, index) => [cellId(cell), cellId(notebook.cellAt(index))] as const));
    this.#notebook = notebook;
    this.#executions.moveTo(notebook);
    this.raise({ type: 'moved', to });
  }

  run(cells: readonly vscode.NotebookCell[]): void {
    this.raise({ type: 'queue', cells: cells.map((cell) => ({ cell: cellId(cell), mayRaise: tagsOf(cell.metadata).includes('raises-exception') })) });
  }

  /** An effect may raise events of its own: they are taken after it, in order. */
  raise(event: RunEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    const before = this.#state;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        const { state, effects } = step(this.#state, next);
        this.#state = state;
        for (const effect of effects) this.#act(effect);
      }
    } finally {
      this.#stepping = false;
    }
    if (before.kernel !== this.#state.kernel || before.running?.run !== this.#state.running?.run) this.#edges.onChange();
  }

  dispose(): void {
    void this.stop();
  }

  /** Ends the kernel and every open execution. */
  async stop(): Promise<void> {
    clearTimeout(this.#interruptTimer);
    clearTimeout(this.#lateTimer);
    this.#state = INITIAL;
    this.#executions.dispose();
    await this.kernel.stop();
  }

  #act(effect: RunEffect): void {
    switch (effect.type) {
      case 'startKernel':
        return void this.kernel.start();
      case 'restartKernel':
        return void this.kernel.restart();
      case 'interruptKernel':
        return void this.kernel.interrupt();
      case 'startInterruptTimer':
        this.#interruptTimer = setTimeout(() => this.raise({ type: 'interruptTimedOut' }), INTERRUPT_GRACE_MS);
        return;
      case 'stopInterruptTimer':
        return clearTimeout(this.#interruptTimer);
      case 'offerRestart':
        return this.#edges.offerRestart(this.#notebook, effect.reason);
      case 'tellEnd':
        return this.#edges.tellEnd(effect.error);
      case 'open':
        return this.#executions.open(effect.run, effect.cell);
      case 'begin':
        return this.#executions.begin(effect.run);
      case 'send':
        return this.#send(effect.run, effect.cell);
      case 'order':
        return this.#executions.setOrder(effect.run, effect.order);
      case 'write':
        return this.#executions.write(effect.run, effect.write);
      case 'end':
        return this.#executions.end(effect.run, effect.success);
      case 'scheduleLate':
        this.#lateTimer = setTimeout(() => this.raise({ type: 'flushLate' }), LATE_OUTPUT_MS);
        return;
      case 'late':
        return this.#executions.late(effect.cell, effect.ended, effect.writes);
    }
  }

  #send(run: number, id: string): void {
    const cell = this.#executions.cell(id);
    const code = cell?.document.getText() ?? '';
    if (cell === undefined || code.trim() === '') this.raise({ type: 'blank', run });
    else {
      this.#writeKernel();
      this.#hasRun = true;
      // The editor shows type errors itself.
      const typeErrors = this.#edges.typeErrors(this.#notebook) === 'block' ? 'block' : 'ignore';
      this.kernel.send(run, code, { cellId: id, cellIndex: cell.index, tags: tagsOf(cell.metadata), patchbay_type_errors: typeErrors });
    }
  }

  #onReady(info: KernelInfoReply, nodeLabel: string): void {
    this.nodeLabel = nodeLabel;
    this.#info = info;
  }

  /** Only a notebook that is run says which kernel ran it: looking at one does not change it. */
  #writeKernel(): void {
    const info = this.#info;
    this.#info = undefined;
    if (info === undefined) return;
    const metadata = withKernel(this.#notebook.metadata, info.language_info);
    if (metadata === undefined) return;
    const edit = new vscode.WorkspaceEdit();
    edit.set(this.#notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata(metadata)]);
    vscode.workspace.applyEdit(edit).then(undefined, (error: unknown) => this.#edges.log(`the notebook's metadata could not be written: ${String(error)}`));
  }
}
