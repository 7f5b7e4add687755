import * as vscode from 'vscode';
import { registerCommands } from './commands/register.js';
import { ErrorDisplay } from './errors/show.js';
import { KernelLauncher } from './kernel-client/launcher.js';
import { LanguageNotebooks } from './language/language-notebooks.js';
import { registerLanguage } from './language/register.js';
import { TypeScriptSilencer } from './language/silence-typescript.js';
import { MaskEditors } from './mask-editor/register.js';
import { MaskPanels } from './mask-view/mask-panels.js';
import { ViewMessages } from './notebook/views/view-messages.js';
import { PatchbayController } from './notebook/controller.js';
import { typeErrorSetting } from './notebook/type-error-setting.js';
import { offerRestart } from './notebook/offer-restart.js';
import { VariablesView } from './sidebar/variables-view.js';
import { createStatusItem } from './status/status-item.js';

const MANAGE_TRUST = { label: 'Manage Workspace Trust', command: 'workbench.trust.manage' };

let controller: PatchbayController | undefined;

export function activate(extension: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Patchbay', { log: true });
  const errors = new ErrorDisplay(log);
  const launcher = new KernelLauncher(extension.extensionUri, log);
  const maskEditors = new MaskEditors(extension.extensionUri, errors, (line) => log.info(line));
  const notebooks: PatchbayController = new PatchbayController({
    launch: (notebook) => launcher.launch(notebook),
    offerRestart: (notebook, reason) => void offerRestart(notebook, reason, () => notebooks.restart(notebook)),
    typeErrors: (notebook) => typeErrorSetting(notebook.uri),
    onDiagnostics: (notebook, content) => language.show(notebook, content),
    onComm: (message) => views.fromKernel(message),
    tellEnd: (error) => (error.ename === 'KernelDied' ? errors.warn(error.evalue) : errors.show(error.evalue)),
    refuse: (reason) => errors.show(reason, MANAGE_TRUST),
    log: (line) => log.info(line),
  });
  controller = notebooks;
  const panels = new MaskPanels(extension.extensionUri, notebooks, errors);
  const language = new LanguageNotebooks(notebooks, log);
  const views = new ViewMessages(notebooks, (line) => log.info(line));
  const variables = new VariablesView({ controller: notebooks, panels, errors });
  extension.subscriptions.push(log, launcher, notebooks, panels, maskEditors, views, variables, createStatusItem(notebooks), language, registerLanguage(language, notebooks), new TypeScriptSilencer(notebooks, (line) => log.info(line)), registerCommands({ extension, controller: notebooks, panels, maskEditors, variables, errors, log }));
}

/** VS Code waits a few seconds for this: every kernel gets its polite end. */
export async function deactivate(): Promise<void> {
  await controller?.stopAll();
}
