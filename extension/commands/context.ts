import type * as vscode from 'vscode';
import type { ErrorDisplay } from '../errors/show.js';
import type { MaskEditors } from '../mask-editor/register.js';
import type { MaskPanels } from '../mask-view/mask-panels.js';
import type { PatchbayController } from '../notebook/controller.js';
import type { VariablesView } from '../sidebar/variables-view.js';

/** What the commands act on. */
export interface CommandContext {
  readonly extension: vscode.ExtensionContext;
  readonly controller: PatchbayController;
  readonly panels: MaskPanels;
  readonly maskEditors: MaskEditors;
  readonly variables: VariablesView;
  readonly errors: ErrorDisplay;
  readonly log: vscode.LogOutputChannel;
}
