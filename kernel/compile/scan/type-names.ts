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
    else for (const name of namesOf(ts, statement)) names.add(name);
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

/**
 * Names that a module exports as types, or may: what it passes on from another module can be a type there. Undefined when
 * `export *` brings names that only the other module knows.
 */
export function exportedTypes(ts: TypeScript, file: TS.SourceFile): string[] | undefined {
  const types = typeNames(ts, file);
  const imported = importedNames(ts, file);
  const found: string[] = [];
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier, isTypeOnly: isType } = statement;
      if (exportClause === undefined) return undefined;
      if (!ts.isNamedExports(exportClause)) continue;
      for (const { name, propertyName, isTypeOnly: isOne } of exportClause.elements) {
        const local = (propertyName ?? name).text;
        if (isType || isOne || moduleSpecifier !== undefined || types.has(local) || imported.has(local)) found.push(name.text);
      }
    } else if (isTypeOnly(ts, statement) && isExported(ts, statement)) found.push(...namesOf(ts, statement));
  }
  return found;
}

function importedNames(ts: TypeScript, file: TS.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings !== undefined && ts.isNamedImports(bindings)) for (const { name } of bindings.elements) names.add(name.text);
  }
  return names;
}

const isExported = (ts: TypeScript, statement: TS.Statement): boolean =>
  ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

function namesOf(ts: TypeScript, statement: TS.Statement): string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => [...boundIdentifiers(ts, name)].map(({ text }) => text));
  return ts.isDeclarationStatement(statement) && statement.name !== undefined ? [statement.name.text] : [];
}
