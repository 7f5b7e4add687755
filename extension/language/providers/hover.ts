import * as vscode from 'vscode';
import type { PatchbayController } from '../../notebook/controller.js';
import type { NotebookRun } from '../../notebook/notebook-run.js';
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
    const notebook = this.notebooks.notebookOf(document);
    const run = notebook === undefined ? undefined : this.controller.run(notebook);
    // A kernel that was not asked to run any cell holds no values.
    if (notebook !== undefined && run?.hasRun === true) {
      const lines = document.getText().split(/\r\n|\r|\n/);
      const expression = maskExpression(hover, lines);
      const mask = expression === undefined ? undefined : await pictureOf(run, expression);
      if (mask !== undefined) contents.push(mask);
      const variable = drawnVariable(hover, lines);
      // Also while a cell runs.
      if (variable !== undefined && run.state.kernel === 'ready') contents.push(linkTo(notebook, variable));
    }
    return token.isCancellationRequested ? undefined : new vscode.Hover(contents, toRange(hover.range));
  }
}

function linkTo(notebook: vscode.NotebookDocument, variable: string): vscode.MarkdownString {
  const link = new vscode.MarkdownString(visualizeLink(notebook.uri.toString(), variable), true);
  link.isTrusted = { enabledCommands: [VISUALIZE] };
  return link;
}

/** The value that the kernel holds now, looked at without running anything. */
async function pictureOf(run: NotebookRun, expression: string): Promise<vscode.MarkdownString | undefined> {
  const value = run.kernel.look(expression, undefined).then(
    (reply) => (reply.status === 'drawn' ? maskMarkdown({ [reply.look.matrix.mime]: reply.look.matrix.payload }) : undefined),
    () => undefined,
  );
  const mask = await Promise.race([value, new Promise<undefined>((resolve) => setTimeout(resolve, PICTURE_MS, undefined))]);
  if (mask === undefined) return undefined;
  const picture = new vscode.MarkdownString(mask);
  picture.supportHtml = true; // its width
  return picture;
}
