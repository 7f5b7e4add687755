/** The language service of cells, as VS Code's providers. */
import * as vscode from 'vscode';
import { LANGUAGES, NOTEBOOK_TYPE, type PatchbayController } from '../notebook/controller.js';
import { registerBundledFiles } from './bundled-files.js';
import type { LanguageNotebooks } from './language-notebooks.js';
import { COMPLETION_TRIGGERS, CompletionProvider } from './providers/completion.js';
import { HoverProvider } from './providers/hover.js';
import { NavigationProvider } from './providers/navigation.js';
import { QuickFixProvider } from './providers/quick-fix.js';
import { SIGNATURE_TRIGGERS, SignatureHelpProvider } from './providers/signature-help.js';

/** Cells of any notebook of this type: whether one is ours, each question tells. A scheme would be that of the notebook. */
const CELLS: vscode.DocumentFilter[] = LANGUAGES.map((language) => ({ language, notebookType: NOTEBOOK_TYPE }));

export function registerLanguage(notebooks: LanguageNotebooks, controller: PatchbayController): vscode.Disposable {
  const { languages } = vscode;
  const navigation = new NavigationProvider(notebooks);
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(CELLS, new CompletionProvider(notebooks), ...COMPLETION_TRIGGERS),
    languages.registerHoverProvider(CELLS, new HoverProvider(notebooks, controller)),
    languages.registerSignatureHelpProvider(CELLS, new SignatureHelpProvider(notebooks), SIGNATURE_TRIGGERS),
    languages.registerDefinitionProvider(CELLS, navigation),
    languages.registerReferenceProvider(CELLS, navigation),
    languages.registerRenameProvider(CELLS, navigation),
    languages.registerCodeActionsProvider(CELLS, new QuickFixProvider(notebooks), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    registerBundledFiles(async (file, token) => (await notebooks.askAny('file/bundled', { file }, token))?.text),
  );
}
