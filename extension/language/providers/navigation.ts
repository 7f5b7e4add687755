import type * as vscode from 'vscode';
import { LanguageError } from '../notebook-language.js';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { toLocation, toRange, toUri, toWorkspaceEdit } from '../vscode-convert.js';
import { at } from './position.js';

/** Definitions and references in cells, in files, and in the types that come with Patchbay; renaming across cells. */
export class NavigationProvider implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider {
  constructor(readonly notebooks: LanguageNotebooks) {}

  async provideDefinition(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<vscode.LocationLink[] | undefined> {
    const found = await this.notebooks.ask({ document, token }, 'definition', { position: at(document, position) });
    return found?.targets.map((target) => ({ originSelectionRange: toRange(found.origin), targetUri: toUri(target), targetRange: toRange(target.range) }));
  }

  async provideReferences(document: vscode.TextDocument, position: vscode.Position, _context: vscode.ReferenceContext, token: vscode.CancellationToken): Promise<vscode.Location[] | undefined> {
    return (await this.notebooks.ask({ document, token }, 'references', { position: at(document, position) }))?.map(toLocation);
  }

  async prepareRename(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken): Promise<{ range: vscode.Range; placeholder: string } | undefined> {
    const target = await this.notebooks.askOrThrow({ document, token }, 'rename/prepare', { position: at(document, position) });
    if (target === undefined) return undefined;
    if ('refused' in target) throw new LanguageError(target.refused);
    return { range: toRange(target.range), placeholder: target.placeholder };
  }

  async provideRenameEdits(document: vscode.TextDocument, position: vscode.Position, newName: string, token: vscode.CancellationToken): Promise<vscode.WorkspaceEdit | undefined> {
    const edits = await this.notebooks.askOrThrow({ document, token }, 'rename', { position: at(document, position), newName });
    return edits === undefined ? undefined : toWorkspaceEdit(edits);
  }
}
