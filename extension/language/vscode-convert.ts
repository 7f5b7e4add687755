/** The language protocol's plain data <-> VS Code's classes. */
import * as vscode from 'vscode';
import type { CellEdits, Diagnostic, LineRange, Location, TextEdit } from '../../kernel/protocol/language.js';
import { bundledUri } from './bundled-files.js';

export const toRange = ({ start, end }: LineRange): vscode.Range => new vscode.Range(start.line, start.character, end.line, end.character);

/** A Range of VS Code's becomes a list of two positions as JSON. */
export const lineRange = ({ start, end }: vscode.Range): LineRange => ({ start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } });

export const toUri = (location: Location): vscode.Uri => ('cell' in location ? vscode.Uri.parse(location.cell, true) : location.isBundled ? bundledUri(location.file) : vscode.Uri.file(location.file));

export const toLocation = (location: Location): vscode.Location => new vscode.Location(toUri(location), toRange(location.range));

export const toTextEdits = (edits: readonly TextEdit[]): vscode.TextEdit[] => edits.map(({ range, text }) => vscode.TextEdit.replace(toRange(range), text));

export function toWorkspaceEdit(edits: readonly CellEdits[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { cell, edits: ofCell } of edits) edit.set(vscode.Uri.parse(cell, true), toTextEdits(ofCell));
  return edit;
}

const SEVERITIES: Readonly<Record<Diagnostic['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** The name that VS Code's own TypeScript gives to what it finds. */
export const DIAGNOSTIC_SOURCE = 'ts';

export function toDiagnostic({ range, message, severity, code, tag, related }: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(range), message, SEVERITIES[severity]);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = code;
  if (tag !== undefined) diagnostic.tags = [tag === 'unnecessary' ? vscode.DiagnosticTag.Unnecessary : vscode.DiagnosticTag.Deprecated];
  diagnostic.relatedInformation = related.map(({ location, message: text }) => new vscode.DiagnosticRelatedInformation(toLocation(location), text));
  return diagnostic;
}
