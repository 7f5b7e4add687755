import type * as vscode from 'vscode';
import type { CellPosition } from '../../../kernel/protocol/language.js';

export const at = (document: vscode.TextDocument, { line, character }: vscode.Position): CellPosition => ({ cell: document.uri.toString(), line, character });
