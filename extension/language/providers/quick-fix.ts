import * as vscode from 'vscode';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { DIAGNOSTIC_SOURCE, lineRange, toWorkspaceEdit } from '../vscode-convert.js';

/** TypeScript's fixes of a problem: a missing import, a misspelt name, a forgotten `await`. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  constructor(readonly notebooks: LanguageNotebooks) {}

  async provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, { diagnostics }: vscode.CodeActionContext, token: vscode.CancellationToken): Promise<vscode.CodeAction[]> {
    const actions: vscode.CodeAction[] = [];
    for (const diagnostic of diagnostics) {
      const { source, code, range } = diagnostic;
      if (source !== DIAGNOSTIC_SOURCE || typeof code !== 'number') continue;
      const fixes = await this.notebooks.ask({ document, token, isPassive: true }, 'codeFixes', { cell: document.uri.toString(), range: lineRange(range), codes: [code] });
      for (const { title, edits, isPreferred } of fixes ?? []) {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.edit = toWorkspaceEdit(edits);
        action.diagnostics = [diagnostic];
        action.isPreferred = isPreferred;
        actions.push(action);
      }
    }
    return actions;
  }
}
