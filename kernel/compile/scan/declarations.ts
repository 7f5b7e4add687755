import type TS from 'typescript';
import type { DeclarationKind } from '../cell.js';
import type { TypeScript } from '../typescript.js';
import { boundIdentifiers, isTypeOnly, listKind } from './bindings.js';
import type { Scan } from './scanner.js';

/** A name that a top-level statement declares. */
export interface TopDeclaration {
  readonly name: string;
  readonly kind: Exclude<DeclarationKind, 'import'>;
  /** Offset of the name. */
  readonly start: number;
  /** Offset where it has its value. */
  readonly end: number;
  /** Index of the statement. */
  readonly statement: number;
}

/** What the statements of a file declare, themselves and not inside a block. Imports are not among them. */
export function topDeclarations(ts: TypeScript, file: TS.SourceFile): TopDeclaration[] {
  const found: TopDeclaration[] = [];
  file.statements.forEach((statement, index) => {
    const add = (name: TS.Identifier, kind: TopDeclaration['kind'], end: number): void => {
      found.push({ name: name.text, kind, start: name.getStart(file), end, statement: index });
    };
    if (isTypeOnly(ts, statement)) return;
    if (ts.isVariableStatement(statement)) {
      const keyword = listKind(ts, statement.declarationList);
      const kind = keyword === 'let' || keyword === 'var' ? keyword : 'const';
      for (const declaration of statement.declarationList.declarations) {
        for (const name of boundIdentifiers(ts, declaration.name)) add(name, kind, declaration.end);
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      add(statement.name, 'function', 0);
    } else if (ts.isClassDeclaration(statement) && statement.name !== undefined) {
      add(statement.name, 'class', statement.end);
    }
  });
  return found;
}

/** What `var` in blocks and loop heads declares: it has its value, undefined, where the statement around it starts. */
export function nestedDeclarations(ts: TypeScript, file: TS.SourceFile, scan: Scan): TopDeclaration[] {
  const found: TopDeclaration[] = [];
  for (const { list, statement } of scan.nestedVars) {
    const end = file.statements[statement]?.getStart(file) ?? 0;
    for (const declaration of list.declarations) {
      for (const name of boundIdentifiers(ts, declaration.name)) found.push({ name: name.text, kind: 'var', start: name.getStart(file), end, statement });
    }
  }
  return found;
}
