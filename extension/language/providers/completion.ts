import * as vscode from 'vscode';
import { completionDocumentation, shownCompletion, wantsAutoImports, withoutPlainNodeModules } from '../completion-item.js';
import type { CompletionItem, CompletionList } from '../../../kernel/protocol/language.js';
import type { LanguageNotebooks } from '../language-notebooks.js';
import { codeBlock } from '../markdown.js';
import { toRange, toTextEdits } from '../vscode-convert.js';
import { at } from './position.js';

/** Those of TypeScript. */
export const COMPLETION_TRIGGERS: readonly string[] = ['.', '"', "'", '`', '/', '@', '<', '#', ' '];

class Item extends vscode.CompletionItem {
  constructor(
    readonly source: CompletionItem,
    readonly document: vscode.TextDocument,
    readonly position: vscode.Position,
    list: CompletionList,
    lines: readonly string[],
  ) {
    const shown = shownCompletion(source, list, lines);
    super({ label: shown.label, ...(shown.description === undefined ? {} : { description: shown.description }) }, vscode.CompletionItemKind[shown.kind]);
    this.sortText = shown.sortText;
    this.filterText = shown.filterText;
    this.insertText = shown.insertText;
    this.range = toRange(shown.range);
    this.preselect = shown.isPreselected;
    if (shown.isDeprecated) this.tags = [vscode.CompletionItemTag.Deprecated];
  }
}

export class CompletionProvider implements vscode.CompletionItemProvider<Item> {
  constructor(readonly notebooks: LanguageNotebooks) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken, { triggerCharacter }: vscode.CompletionContext): Promise<vscode.CompletionList<Item> | undefined> {
    const before = document.lineAt(position).text.slice(0, position.character);
    // A space is worth a question only where TypeScript completes whole import statements.
    if (triggerCharacter === ' ' && !/^\s*import\s+$/.test(before)) return undefined;
    const params = { position: at(document, position), ...(triggerCharacter === undefined ? {} : { trigger: triggerCharacter }), autoImports: wantsAutoImports(triggerCharacter, before) };
    // While the user types on, VS Code narrows the list by itself.
    const list = await this.notebooks.ask({ document, token, mayBeStale: true }, 'completion', params);
    if (list === undefined || list === null) return undefined;
    const lines = document.getText().split(/\r\n|\r|\n/);
    return new vscode.CompletionList(withoutPlainNodeModules(list.items).map((item) => new Item(item, document, position, list, lines)));
  }

  async resolveCompletionItem(item: Item, token: vscode.CancellationToken): Promise<Item> {
    const { document, position, source } = item;
    const details = await this.notebooks.ask({ document, token, mayBeStale: true }, 'completion/resolve', { position: at(document, position), item: source });
    if (details === undefined || details === null) return item;
    item.documentation = new vscode.MarkdownString(details.signature.includes('\n') ? completionDocumentation(details) : details.documentation);
    if (!details.signature.includes('\n')) item.detail = details.signature;
    else if (details.documentation === '') item.documentation = new vscode.MarkdownString(codeBlock(details.signature));
    const edits = details.edits.filter(({ cell }) => cell === document.uri.toString()).flatMap((one) => one.edits);
    if (edits.length > 0) item.additionalTextEdits = toTextEdits(edits);
    return item;
  }
}
