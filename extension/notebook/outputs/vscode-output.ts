import * as vscode from 'vscode';
import type { CellOutput, OutputItem } from './cell-output.js';

const utf8 = new TextEncoder();

export const toItem = ({ mime, data }: OutputItem): vscode.NotebookCellOutputItem => new vscode.NotebookCellOutputItem(typeof data === 'string' ? utf8.encode(data) : data, mime);

export const toOutput = ({ items, metadata }: CellOutput): vscode.NotebookCellOutput => new vscode.NotebookCellOutput(items.map(toItem), { ...metadata });
