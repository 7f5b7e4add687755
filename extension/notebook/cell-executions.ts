import * as vscode from 'vscode';
import type { RunId } from '../kernel-client/events.js';
import { toItem, toOutput } from './outputs/vscode-output.js';
import type { Ended } from './run/state.js';
import type { CellId, OutputKey, Write } from './run/writes.js';

/** How long VS Code may take to show a write in `cell.outputs`. */
const WRITE_SEEN_MS = 1_000;

/**
 * The only holder of executions and outputs of one notebook. An execution that VS Code ended by itself (its cell was
 * deleted, another kernel was chosen) throws on every call: that is logged, and the run goes on.
 */
export class CellExecutions {
  readonly #controller: vscode.NotebookController;
  #notebook: vscode.NotebookDocument;
  readonly #log: (line: string) => void;
  readonly #open = new Map<RunId, vscode.NotebookCellExecution>();
  readonly #outputs = new Map<CellId, Map<OutputKey, vscode.NotebookCellOutput>>();
  readonly #lastWrite = new Map<CellId, number>();

  constructor(controller: vscode.NotebookController, notebook: vscode.NotebookDocument, log: (line: string) => void) {
    this.#controller = controller;
    this.#notebook = notebook;
    this.#log = log;
  }

  cell(id: CellId): vscode.NotebookCell | undefined {
    return this.#notebook.getCells().find((cell) => cellId(cell) === id);
  }

  open(run: RunId, id: CellId): void {
    const cell = this.cell(id);
    if (cell !== undefined) this.#try(() => this.#open.set(run, this.#controller.createNotebookCellExecution(cell)));
  }

  begin(run: RunId): void {
    this.#with(run, (execution) => execution.start(Date.now()));
  }

  setOrder(run: RunId, order: number): void {
    this.#with(run, (execution) => (execution.executionOrder = order));
  }

  write(run: RunId, write: Write): void {
    this.#with(run, (execution) => this.#write(execution, write));
  }

  end(run: RunId, success: boolean | undefined): void {
    this.#with(run, (execution) => execution.end(success, Date.now()));
    this.#open.delete(run);
  }

  /** A short run for output that comes after a cell's end: order number, times and tick stay what they were. */
  late(id: CellId, ended: Ended, writes: readonly Write[]): void {
    const cell = this.cell(id);
    if (cell === undefined) return;
    this.#try(() => {
      const timing = cell.executionSummary?.timing;
      const execution = this.#controller.createNotebookCellExecution(cell);
      execution.executionOrder = ended.order;
      execution.start(timing?.startTime);
      if (this.#wasCleared(cell)) this.#outputs.delete(id);
      for (const write of writes) this.#try(() => this.#write(execution, write));
      execution.end(ended.success, timing?.endTime);
    });
  }

  /** The cells are those of another document now; what was open in the old one is ended. */
  moveTo(notebook: vscode.NotebookDocument): void {
    this.dispose();
    this.#notebook = notebook;
  }

  /** Ends whatever is still open, so that no cell spins when the notebook's kernel is given up. */
  dispose(): void {
    for (const run of [...this.#open.keys()]) this.end(run, undefined);
    this.#outputs.clear();
    this.#lastWrite.clear();
  }

  /** The user cleared the outputs: more of a stream then begins anew. What was just written is not yet in `outputs`. */
  #wasCleared(cell: vscode.NotebookCell): boolean {
    return cell.outputs.length === 0 && Date.now() - (this.#lastWrite.get(cellId(cell)) ?? 0) > WRITE_SEEN_MS;
  }

  #write(execution: vscode.NotebookCellExecution, write: Write): void {
    const id = cellId(execution.cell);
    this.#lastWrite.set(id, Date.now());
    const outputs = this.#outputs.get(id) ?? new Map<OutputKey, vscode.NotebookCellOutput>();
    this.#outputs.set(id, outputs);
    switch (write.kind) {
      case 'clear':
        outputs.clear();
        return this.#settle(execution.clearOutput());
      case 'append':
        return this.#append(execution, outputs, write.key, toOutput(write.output));
      case 'extend': {
        const known = outputs.get(write.key);
        const item = toItem(write.item);
        if (known === undefined) return this.#append(execution, outputs, write.key, new vscode.NotebookCellOutput([item], { outputType: 'stream' }));
        return this.#settle(execution.appendOutputItems(item, known));
      }
      case 'replace': {
        const known = outputs.get(write.key);
        if (known === undefined) return this.#append(execution, outputs, write.key, toOutput({ items: write.items, metadata: { outputType: 'display_data' } }));
        return this.#settle(execution.replaceOutputItems(write.items.map(toItem), known));
      }
    }
  }

  #append(execution: vscode.NotebookCellExecution, outputs: Map<OutputKey, vscode.NotebookCellOutput>, key: OutputKey, output: vscode.NotebookCellOutput): void {
    outputs.set(key, output);
    this.#settle(execution.appendOutput(output));
  }

  #with(run: RunId, act: (execution: vscode.NotebookCellExecution) => void): void {
    const execution = this.#open.get(run);
    if (execution !== undefined) this.#try(() => act(execution));
  }

  #try(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#log(`an output could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #settle(written: Thenable<void>): void {
    written.then(undefined, (error: unknown) => this.#log(`an output could not be written: ${String(error)}`));
  }
}

export const cellId = (cell: vscode.NotebookCell): CellId => cell.document.uri.toString();
