import type TS from 'typescript';
import type { ImportBinding, ImportRequest } from '../cell.js';
import type { TypeScript } from '../typescript.js';

type ModuleStatement = TS.ImportDeclaration | TS.ImportEqualsDeclaration | TS.ExportDeclaration;

/**
 * What a statement asks of the module loader. Imports of types ask for nothing; an import of values is never left out,
 * used or not.
 */
export function importRequest(ts: TypeScript, statement: ModuleStatement, line: number, globalName: (name: string) => string): ImportRequest | undefined {
  const specifier = moduleSpecifier(ts, statement);
  if (specifier === undefined) return undefined;
  const bind = (imported: string, local: string): ImportBinding => ({ imported, local, global: globalName(local) });
  if (ts.isExportDeclaration(statement)) {
    if (statement.isTypeOnly) return undefined;
    return { specifier, bindings: [], needs: [], line, ...attributesOf(statement.attributes) };
  }
  if (ts.isImportEqualsDeclaration(statement)) {
    return statement.isTypeOnly ? undefined : { specifier, bindings: [bind('=', statement.name.text)], needs: [], line };
  }
  const clause = statement.importClause;
  if (clause?.isTypeOnly === true) return undefined;
  const bindings: ImportBinding[] = [];
  if (clause?.name !== undefined) bindings.push(bind('default', clause.name.text));
  const named = clause?.namedBindings;
  if (named !== undefined && ts.isNamespaceImport(named)) bindings.push(bind('*', named.name.text));
  else if (named !== undefined) {
    for (const { isTypeOnly, name, propertyName } of named.elements) if (!isTypeOnly) bindings.push(bind((propertyName ?? name).text, name.text));
  }
  return { specifier, bindings, needs: [], line, ...attributesOf(statement.attributes) };
}

/** The request with what the code uses of it as a value. */
export function withNeeds(request: ImportRequest, isUsed: (local: string) => boolean): ImportRequest {
  const needs = request.bindings.filter(({ imported, local }) => imported !== '*' && imported !== '=' && isUsed(local)).map(({ imported }) => imported);
  return needs.length === 0 ? request : { ...request, needs };
}

function moduleSpecifier(ts: TypeScript, statement: ModuleStatement): string | undefined {
  const expression = ts.isImportEqualsDeclaration(statement)
    ? ts.isExternalModuleReference(statement.moduleReference)
      ? statement.moduleReference.expression
      : undefined
    : statement.moduleSpecifier;
  return expression !== undefined && ts.isStringLiteralLike(expression) ? expression.text : undefined;
}

function attributesOf(attributes: TS.ImportAttributes | undefined): { attributes?: Record<string, string> } {
  if (attributes === undefined) return {};
  const found: Record<string, string> = {};
  for (const { name, value } of attributes.elements) {
    if ('text' in value && typeof value.text === 'string') found[name.text] = value.text;
  }
  return { attributes: found };
}
