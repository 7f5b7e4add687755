import * as vscode from 'vscode';
import { errorContent, patchbayError } from '../errors/catalogue.js';
import { lostCount } from './lost-count.js';
import { isOurs } from './metadata.js';
import { haveSameCells } from './same-cells.js';
import { NotebookRun, type NotebookRunEdges } from './notebook-run.js';
import { errorOutput } from './outputs/cell-output.js';
import { toOutput } from './outputs/vscode-output.js';

export const NOTEBOOK_TYPE = 'jupyter-notebook';
/** VS Code's names of what the kernel runs. */
export const LANGUAGES: readonly string[] = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];
export const CONTROLLER_ID = 'patchbay';
export const CONTROLLER_LABEL = 'TypeScript (Patchbay)';

export interface ControllerEdges extends Omit<NotebookRunEdges, 'controller' | 'onChange'> {
  /** Says, beside the refused cells, why nothing runs. */
  refuse(reason: Error): void;
}

/** The controller and the runs of all notebooks it is chosen for. */
export class PatchbayController implements vscode.Disposable {
  readonly #controller: vscode.NotebookController;
  readonly #runs = new Map<vscode.NotebookDocument, NotebookRun>();
  readonly #selected = new Map<vscode.NotebookDocument, boolean>();
  readonly #edges: ControllerEdges;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  /** A notebook was opened or closed, or a kernel's state changed. */
  readonly onDidChange = this.#changed.event;

  constructor(edges: ControllerEdges) {
    this.#edges = edges;
    this.#controller = vscode.notebooks.createNotebookController(CONTROLLER_ID, NOTEBOOK_TYPE, CONTROLLER_LABEL);
    this.#controller.supportedLanguages = [...LANGUAGES];
    this.#controller.supportsExecutionOrder = true;
    this.#controller.description = 'Node.js, with layers wired by hand';
    this.#controller.executeHandler = (cells, notebook) => this.#execute(cells, notebook);
    this.#controller.interruptHandler = (notebook) => this.#runs.get(notebook)?.raise({ type: 'interrupt' });
    this.#disposables = [
      this.#controller,
      this.#changed,
      this.#controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => this.#select(notebook, selected)),
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.#prefer(notebook)),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => this.#close(notebook)),
      vscode.workspace.onDidChangeNotebookDocument((event) => {
        this.#cellsChanged(event);
        this.#restoreCounts(event);
      }),
    ];
    for (const notebook of vscode.workspace.notebookDocuments) this.#prefer(notebook);
  }

  /** The run of a notebook that this controller is chosen for; it has no kernel until a cell was run. */
  run(notebook: vscode.NotebookDocument): NotebookRun | undefined {
    return this.#runs.get(notebook);
  }

  /** The run of the notebook at this URI. */
  runAt(uri: string): NotebookRun | undefined {
    return [...this.#runs.values()].find(({ notebook }) => notebook.uri.toString() === uri);
  }

  /** The run of this notebook when it has a kernel, else of any notebook that has one. */
  runWithKernel(notebook: vscode.NotebookDocument | undefined): NotebookRun | undefined {
    const runs = [...this.#runs.values()].filter(({ state }) => state.kernel === 'ready');
    return runs.find((run) => run.notebook === notebook) ?? (notebook !== undefined && this.isSelectedFor(notebook) ? undefined : runs[0]);
  }

  /** VS Code shows a preferred kernel as chosen, and chooses it when the first cell is run: no event tells until then. */
  isSelectedFor(notebook: vscode.NotebookDocument): boolean {
    return this.#selected.get(notebook) ?? (notebook.notebookType === NOTEBOOK_TYPE && isOurs(notebook.metadata));
  }

  /** The kernel of a notebook that this controller is chosen for is started, if it is not, and runs nothing. The folder must be trusted. */
  start(notebook: vscode.NotebookDocument): void {
    this.#runOf(notebook).raise({ type: 'start' });
  }

  restart(notebook: vscode.NotebookDocument): void {
    this.#runOf(notebook).raise({ type: 'restart' });
  }

  /** Ends every kernel. */
  async stopAll(): Promise<void> {
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    await Promise.all(runs.map((run) => run.stop()));
  }

  dispose(): void {
    void this.stopAll();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #execute(cells: readonly vscode.NotebookCell[], notebook: vscode.NotebookDocument): void {
    if (vscode.workspace.isTrusted) this.#runOf(notebook).run(cells);
    else this.#refuse(cells);
  }

  /** Each cell ends with the reason; nothing is started. */
  #refuse(cells: readonly vscode.NotebookCell[]): void {
    const reason = patchbayError('untrusted');
    const output = errorOutput(errorContent(reason, 'NotTrusted'));
    for (const cell of cells) {
      const execution = this.#controller.createNotebookCellExecution(cell);
      execution.start();
      void execution.replaceOutput(toOutput(output));
      execution.end(false);
    }
    this.#edges.refuse(reason);
  }

  #runOf(notebook: vscode.NotebookDocument): NotebookRun {
    const known = this.#runs.get(notebook);
    if (known !== undefined) return known;
    const run = new NotebookRun(notebook, { ...this.#edges, controller: this.#controller, onChange: () => this.#changed.fire() });
    this.#runs.set(notebook, run);
    return run;
  }

  #prefer(notebook: vscode.NotebookDocument): void {
    if (notebook.notebookType !== NOTEBOOK_TYPE) return;
    this.#controller.updateNotebookAffinity(notebook, isOurs(notebook.metadata) ? vscode.NotebookControllerAffinity.Preferred : vscode.NotebookControllerAffinity.Default);
  }

  #select(notebook: vscode.NotebookDocument, selected: boolean): void {
    this.#selected.set(notebook, selected);
    if (!selected) this.#giveUp(notebook);
    this.#changed.fire();
  }

  #close(notebook: vscode.NotebookDocument): void {
    this.#selected.delete(notebook);
    this.#giveUp(notebook);
    this.#changed.fire();
  }

  #giveUp(notebook: vscode.NotebookDocument): void {
    const run = this.#runs.get(notebook);
    this.#runs.delete(notebook);
    const saved = run === undefined ? undefined : this.#savedAs(notebook);
    if (saved === undefined) return run?.dispose();
    run?.moveTo(saved);
    if (run !== undefined) this.#runs.set(saved, run);
  }

  /** The document of the file that an untitled notebook was just saved to. */
  #savedAs(untitled: vscode.NotebookDocument): vscode.NotebookDocument | undefined {
    if (!untitled.isUntitled) return undefined;
    const isFree = (notebook: vscode.NotebookDocument): boolean => notebook.notebookType === NOTEBOOK_TYPE && !notebook.isUntitled && !this.#runs.has(notebook);
    return vscode.workspace.notebookDocuments.find((notebook) => isFree(notebook) && haveSameCells(untitled.getCells(), notebook.getCells()));
  }

  #restoreCounts({ notebook, cellChanges }: vscode.NotebookDocumentChangeEvent): void {
    if (this.#selected.get(notebook) !== true) return;
    const edits = cellChanges.flatMap(({ cell, metadata }) => {
      const count = metadata === undefined ? undefined : lostCount(cell);
      return count === undefined ? [] : [vscode.NotebookEdit.updateCellMetadata(cell.index, { ...cell.metadata, execution_count: count })];
    });
    if (edits.length === 0) return;
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, edits);
    vscode.workspace.applyEdit(edit).then(undefined, (error: unknown) => this.#edges.log(`an order number could not be written: ${String(error)}`));
  }

  /** A cell that is moved is removed and added again: only one that is nowhere any more is gone. */
  #cellsChanged({ notebook, contentChanges }: vscode.NotebookDocumentChangeEvent): void {
    const removed = contentChanges.flatMap((change) => change.removedCells.map((cell) => cell.document.uri.toString()));
    if (removed.length === 0) return;
    const there = new Set(notebook.getCells().map((cell) => cell.document.uri.toString()));
    this.#runs.get(notebook)?.raise({ type: 'cellsRemoved', cells: removed.filter((cell) => !there.has(cell)) });
  }
}
