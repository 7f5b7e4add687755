import * as vscode from 'vscode';
import { typeErrorMode, type TypeErrorMode } from '../../kernel/protocol/type-errors.js';

/** The setting `patchbay.typeErrors` for a notebook. */
export const typeErrorSetting = (notebook: vscode.Uri): TypeErrorMode => typeErrorMode(vscode.workspace.getConfiguration('patchbay', notebook).get('typeErrors'), undefined, 'show');
