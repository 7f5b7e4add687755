import * as vscode from 'vscode';
import type { ErrorDisplay } from '../errors/show.js';
import type { KernelVariable } from '../kernel-client/replies.js';
import { needIdle } from '../notebook/need-idle.js';
import type { PatchbayController } from '../notebook/controller.js';
import type { NotebookRun } from '../notebook/notebook-run.js';
import type { LookSource } from '../mask-view/look-source.js';
import type { MaskPanels } from '../mask-view/mask-panels.js';
import { textIn } from './value-text.js';
import { SecondClick } from './second-click.js';
import { ValueDocuments } from './value-documents.js';
import { isShownInPanel, variableRow } from './variable-row.js';

const VIEW_ID = 'patchbay.variables';
/** Registered here and not contributed: only a click on a row means it. */
const CLICK_COMMAND = 'patchbay.clickVariable';
/** A notebook run from top to bottom ends many cells in a row: the list is asked for when it has come to rest. */
const REST_MS = 100;

interface VariablesViewParts {
  readonly controller: PatchbayController;
  readonly panels: MaskPanels;
  readonly errors: ErrorDisplay;
}

/** The variables of the notebook in front, after each cell. */
export class VariablesView implements vscode.TreeDataProvider<KernelVariable>, vscode.Disposable {
  readonly #parts: VariablesViewParts;
  readonly #clicks = new SecondClick();
  readonly #documents = new ValueDocuments();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #run: NotebookRun | undefined;
  #variables: readonly KernelVariable[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: VariablesViewParts) {
    this.#parts = parts;
    const view = vscode.window.createTreeView(VIEW_ID, { treeDataProvider: this });
    const later = (): void => this.#refreshLater();
    this.#disposables = [
      view,
      this.#changed,
      this.#documents,
      view.onDidChangeSelection(({ selection }) => this.#clicks.choose(selection[0]?.name)),
      view.onDidChangeVisibility(later),
      vscode.window.onDidChangeActiveNotebookEditor(later),
      parts.controller.onDidChange(later),
      vscode.commands.registerCommand(CLICK_COMMAND, parts.errors.guard((name: unknown) => (typeof name === 'string' && this.#clicks.activate(name) ? this.#show(name) : undefined))),
    ];
  }

  getChildren(parent?: KernelVariable): KernelVariable[] {
    return parent === undefined ? [...this.#variables] : [];
  }

  getTreeItem(variable: KernelVariable): vscode.TreeItem {
    const row = variableRow(variable);
    const item = new vscode.TreeItem(row.label);
    item.id = variable.name;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new vscode.ThemeIcon(row.icon);
    item.contextValue = row.kind;
    item.command = { command: CLICK_COMMAND, title: 'Show', arguments: [variable.name] };
    return item;
  }

  /** Opens the row that VS Code hands to the command of its button. */
  async open(row: unknown): Promise<void> {
    const variable = this.#variables.find((candidate) => candidate === row);
    if (variable !== undefined) await this.#show(variable.name);
  }

  /** What *Visualize Mask* is to show of a row that VS Code hands to it; undefined for anything else. */
  sourceOf(row: unknown): LookSource | undefined {
    const variable = this.#variables.find((candidate) => candidate === row);
    return variable === undefined || this.#run === undefined ? undefined : { kind: 'value', notebook: this.#run.notebook.uri.toString(), expression: variable.name };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refreshLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), REST_MS);
  }

  /** A busy kernel answers nothing: the list stays as the last cell left it. */
  async #refresh(): Promise<void> {
    const run = this.#parts.controller.runWithKernel(vscode.window.activeNotebookEditor?.notebook);
    void vscode.commands.executeCommand('setContext', 'patchbay.hasKernel', run !== undefined);
    if (run === this.#run && run?.state.running !== undefined) return;
    const variables = run === undefined || run.state.running !== undefined ? [] : await run.kernel.variables().catch(() => this.#variables);
    this.#run = run;
    this.#variables = variables;
    this.#changed.fire();
  }

  /** A mask, a layer or a model in its panel, anything else as its whole text. */
  async #show(name: string): Promise<void> {
    const variable = this.#variables.find((candidate) => candidate.name === name);
    const source = this.sourceOf(variable);
    if (source !== undefined && variable !== undefined && isShownInPanel(variable)) return this.#parts.panels.show(source);
    const value = await needIdle(this.#run, name).kernel.evaluate(name);
    await this.#documents.show(name, 'problem' in value ? value.problem : textIn(value.data));
  }
}
