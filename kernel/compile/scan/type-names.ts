import type TS from 'typescript';
import type { TypeScript } from '../typescript.js';
import { boundIdentifiers, isTypeOnly } from './bindings.js';

/** Names that stand for types only at the top of a file: declared here, or imported with `type`. */
export function typeNames(ts: TypeScript, file: TS.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) addImported(ts, statement, names);
    else if (ts.isImportEqualsDeclaration(statement) && statement.isTypeOnly) names.add(statement.name.text);
    else if (!isTypeOnly(ts, statement)) continue;
    else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) for (const { text } of boundIdentifiers(ts, name)) names.add(text);
    } else if (ts.isDeclarationStatement(statement) && statement.name !== undefined) names.add(statement.name.text);
  }
  return names;
}

function addImported(ts: TypeScript, { importClause }: TS.ImportDeclaration, names: Set<string>): void {
  if (importClause === undefined) return;
  const { isTypeOnly: isType, name, namedBindings } = importClause;
  if (isType && name !== undefined) names.add(name.text);
  if (namedBindings === undefined) return;
  if (ts.isNamespaceImport(namedBindings)) {
    if (isType) names.add(namedBindings.name.text);
    return;
  }
  for (const element of namedBindings.elements) if (isType || element.isTypeOnly) names.add(element.name.text);
}
