import * as vscode from 'vscode';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { at } from './position.js';

export const SIGNATURE_TRIGGERS: vscode.SignatureHelpProviderMetadata = { triggerCharacters: ['(', ',', '<'], retriggerCharacters: [')'] };

export class SignatureHelpProvider implements vscode.SignatureHelpProvider {
  constructor(readonly notebooks: LanguageNotebooks) {}

  async provideSignatureHelp(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.SignatureHelp | undefined> {
    const found = await this.notebooks.ask({ document, token }, 'signatureHelp', { position: at(document, position) });
    if (found === undefined || found === null) return undefined;
    const help = new vscode.SignatureHelp();
    help.activeSignature = found.activeSignature;
    help.activeParameter = found.activeParameter;
    help.signatures = found.signatures.map(({ label, documentation, parameters }) => {
      const signature = new vscode.SignatureInformation(label, new vscode.MarkdownString(documentation));
      signature.parameters = parameters.map(({ start, end, documentation: text }) => new vscode.ParameterInformation([start, end], new vscode.MarkdownString(text)));
      return signature;
    });
    return help;
  }
}
