/**
 * `import`, `export` and top-level `using` of a cell, taken out of its text without moving anything:
 *
 *   import a, {b} from 'm'      ;                      and an import request
 *   export const a = 1                 const a = 1
 *   export default a            0,             a
 *   using a = f()               const a = f()          and a disposable
 */
import type TS from 'typescript';
import type { ImportRequest } from '../cell.js';
import { Edits } from '../edits.js';
import { lineStarts, positionAt } from '../position-map.js';
import { listKind } from '../scan/bindings.js';
import type { TypeScript } from '../typescript.js';
import { importRequest } from './import-request.js';

export interface ModuleSyntax {
  /** Each keeps the length of what it replaces. */
  readonly patches: Edits;
  readonly imports: readonly ImportRequest[];
  /** Offsets of the statements that ask for `imports`. */
  readonly importStarts: readonly number[];
  readonly disposables: ReadonlyMap<string, 'using' | 'await using'>;
  /** `import a = N.b` is there: a statement that only TypeScript's transform can read. */
  readonly hasAlias: boolean;
}

export function takeModuleSyntax(ts: TypeScript, file: TS.SourceFile, globalName: (name: string) => string): ModuleSyntax {
  const patches = new Edits();
  const imports: ImportRequest[] = [];
  const importStarts: number[] = [];
  const disposables = new Map<string, 'using' | 'await using'>();
  let hasAlias = false;
  let starts: readonly number[] | undefined;
  const lineOf = (node: TS.Node): number => positionAt((starts ??= lineStarts(file.text)), node.getStart(file)).line;
  const patch = (start: number, end: number, text: string): void => {
    if (end > start) patches.replace(start, end, text + blank(file.text.slice(start + text.length, end)));
  };
  // V8 reads a hashbang at the start of a script only.
  if (file.text.startsWith('#!')) patch(0, 2, '//');

  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (ts.isImportEqualsDeclaration(statement) && !ts.isExternalModuleReference(statement.moduleReference) && !statement.isTypeOnly) {
      patch(start, statement.name.getStart(file), 'const ');
      hasAlias = true;
    } else if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const request = importRequest(ts, statement, lineOf(statement), globalName);
      if (request !== undefined) {
        imports.push(request);
        importStarts.push(start);
      }
      patch(start, statement.end, ';');
    } else if (ts.isNamespaceExportDeclaration(statement)) {
      patch(start, statement.end, ';');
    } else if (ts.isExportAssignment(statement)) {
      patch(start, statement.expression.getStart(file), '0,');
    } else {
      withoutExport(ts, file, statement, patch);
    }
    if (ts.isVariableStatement(statement)) {
      const kind = listKind(ts, statement.declarationList);
      if (kind !== 'using' && kind !== 'await using') continue;
      const { declarations } = statement.declarationList;
      patch(statement.declarationList.getStart(file), declarations[0]?.getStart(file) ?? statement.end, 'const');
      for (const { name } of declarations) if (ts.isIdentifier(name)) disposables.set(name.text, kind);
    }
  }
  return { patches, imports, importStarts, disposables, hasAlias };
}

function withoutExport(ts: TypeScript, file: TS.SourceFile, statement: TS.Statement, patch: (start: number, end: number, text: string) => void): void {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const first = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (first === undefined) return;
  const last = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? first;
  // Without a name it is an expression, which must not begin with its keyword.
  const isExpression = (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name === undefined;
  patch(first.getStart(file), last.end, isExpression ? '0,' : '');
}

/** Spaces of the same length, in the same lines. */
function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}
