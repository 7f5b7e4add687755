/** The last expression statement is the cell's value: `1 + 1` → `return $pb.result((1 + 1));`. */
import type TS from 'typescript';
import { isTypeOnly } from '../scan/bindings.js';
import type { TypeScript } from '../typescript.js';
import { codeEnd, type CellContext } from './context.js';

/** The statement whose value is the cell's, if the last one that does anything has a value. */
export function resultStatement(ts: TypeScript, file: TS.SourceFile): TS.Statement | undefined {
  const last = file.statements.findLast((statement) => !doesNothing(ts, statement));
  if (last === undefined) return undefined;
  if (ts.isExpressionStatement(last) || ts.isExportAssignment(last)) return last;
  return (ts.isFunctionDeclaration(last) || ts.isClassDeclaration(last)) && last.name === undefined ? last : undefined;
}

/** What was hoisted, or never is code, does not stand between an expression and the end of the cell. */
function doesNothing(ts: TypeScript, statement: TS.Statement): boolean {
  if (isTypeOnly(ts, statement) || ts.isEmptyStatement(statement)) return true;
  if (ts.isFunctionDeclaration(statement)) return statement.name !== undefined;
  return ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement) || ts.isExportDeclaration(statement);
}

export function returnResult(context: CellContext, statement: TS.Statement): void {
  const { ts, file, edits, frame } = context;
  const end = ts.isExpressionStatement(statement) || ts.isExportAssignment(statement) ? statement.expression.end : statement.end;
  edits.insert(statement.getStart(file), `return ${frame}.result((`);
  edits.insert(codeEnd(context, end), '));', 'close');
}
