import * as vscode from 'vscode';
import type { PatchbayController } from '../../notebook/controller.js';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { codeBlock, joined } from '../markdown.js';
import { maskMarkdown, maskExpression } from '../mask-hover.js';
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
    const expression = maskExpression(hover, document.getText().split(/\r\n|\r|\n/));
    const mask = expression === undefined ? undefined : await this.#mask(document, expression);
    if (mask !== undefined) {
      const markdown = new vscode.MarkdownString(mask);
      markdown.supportHtml = true; // the picture's width
      contents.push(markdown);
    }
    return token.isCancellationRequested ? undefined : new vscode.Hover(contents, toRange(hover.range));
  }

  /** The value that the kernel holds now; a kernel that runs a cell, or was not asked to run any, is left alone. */
  async #mask(document: vscode.TextDocument, expression: string): Promise<string | undefined> {
    const notebook = this.notebooks.notebookOf(document);
    const run = notebook === undefined ? undefined : this.controller.run(notebook);
    if (run === undefined || !run.hasRun || run.state.running !== undefined || run.state.queue.length > 0) return undefined;
    const value = run.kernel.evaluate(expression).then(
      (result) => ('data' in result ? maskMarkdown(result.data) : undefined),
      () => undefined,
    );
    return Promise.race([value, new Promise<undefined>((resolve) => setTimeout(resolve, PICTURE_MS, undefined))]);
  }
}
