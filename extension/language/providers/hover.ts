import * as vscode from 'vscode';
import type { PatchbayController } from '../../notebook/controller.js';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { codeBlock, joined } from '../markdown.js';
import { drawnVariable, maskMarkdown, maskExpression, VISUALIZE, visualizeLink } from '../mask-hover.js';
import { toRange } from '../vscode-convert.js';
import { at } from './position.js';

/** The type does not wait longer for the picture. */
const PICTURE_MS = 1_000;

export class HoverProvider implements vscode.HoverProvider {
  constructor(
    readonly notebooks: LanguageNotebooks,
    readonly controller: PatchbayController,
  ) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.Hover | undefined> {
    const hover = await this.notebooks.ask({ document, token }, 'hover', { position: at(document, position) });
    if (hover === undefined || hover === null) return undefined;
    const contents = [new vscode.MarkdownString(joined(codeBlock(hover.signature), hover.documentation))];
    const lines = document.getText().split(/\r\n|\r|\n/);
    const expression = maskExpression(hover, lines);
    const mask = expression === undefined ? undefined : await this.#mask(document, expression);
    if (mask !== undefined) {
      const markdown = new vscode.MarkdownString(mask);
      markdown.supportHtml = true; // the picture's width
      contents.push(markdown);
    }
    const link = this.#link(document, drawnVariable(hover, lines));
    if (link !== undefined) contents.push(link);
    return token.isCancellationRequested ? undefined : new vscode.Hover(contents, toRange(hover.range));
  }

  /** Also while a cell runs; a kernel that was not asked to run any holds no values. */
  #link(document: vscode.TextDocument, variable: string | undefined): vscode.MarkdownString | undefined {
    const notebook = this.notebooks.notebookOf(document);
    const run = notebook === undefined ? undefined : this.controller.run(notebook);
    if (notebook === undefined || variable === undefined || run?.state.kernel !== 'ready' || !run.hasRun) return undefined;
    const link = new vscode.MarkdownString(visualizeLink(notebook.uri.toString(), variable), true);
    link.isTrusted = { enabledCommands: [VISUALIZE] };
    return link;
  }

  /** The value that the kernel holds now, looked at without running anything; one that was not asked to run any holds none. */
  async #mask(document: vscode.TextDocument, expression: string): Promise<string | undefined> {
    const notebook = this.notebooks.notebookOf(document);
    const run = notebook === undefined ? undefined : this.controller.run(notebook);
    if (run === undefined || !run.hasRun) return undefined;
    const value = run.kernel.look(expression, undefined).then(
      (reply) => (reply.status === 'drawn' ? maskMarkdown({ [reply.look.matrix.mime]: reply.look.matrix.payload }) : undefined),
      () => undefined,
    );
    return Promise.race([value, new Promise<undefined>((resolve) => setTimeout(resolve, PICTURE_MS, undefined))]);
  }
}
