/**
 * `await` that is missing at the top of a cell. TypeScript's own fix knows it inside async functions only.
 */
import type TS from 'typescript';
import type { CodeFix, TextEdit } from '../../../protocol/language.js';
import type { LanguageContext } from './context.js';
import type { Cell } from './notebook.js';
import { rangeAt } from './positions.js';

/** "Did you forget to use 'await'?", said beside an error. */
const FORGOTTEN_AWAIT = 2773;

/** The fix for an error that starts at the offset of the cell and of which TypeScript says that `await` may be missing. */
export function awaitFix(context: LanguageContext, cell: Cell, start: number, codes: readonly number[]): CodeFix[] {
  const isForgotten = context.service
    .getSemanticDiagnostics(context.fileOf(cell))
    .some((problem) => problem.start === start + cell.prefix.length && codes.includes(problem.code) && problem.relatedInformation?.some(({ code }) => code === FORGOTTEN_AWAIT) === true);
  const promise = isForgotten ? promiseAt(context, cell, start) : undefined;
  if (promise === undefined) return [];
  return [{ title: "Add 'await'", edits: [{ cell: cell.id, edits: edits(cell, promise) }], isPreferred: true }];
}

interface Found {
  readonly promise: TS.Expression;
  /** Something is done with it at once, e.g. `.length`. */
  readonly isUsed: boolean;
}

function edits({ source: { file, starts } }: Cell, { promise, isUsed }: Found): TextEdit[] {
  const at = (offset: number, text: string): TextEdit => ({ range: rangeAt(starts, offset, offset), text });
  const start = promise.getStart(file);
  return isUsed ? [at(start, '(await '), at(promise.end, ')')] : [at(start, 'await ')];
}

/** The expression that the error is about, if it stands outside of functions. */
function promiseAt({ ts }: LanguageContext, { source: { file } }: Cell, start: number): Found | undefined {
  let found: Found | undefined;
  const visit = (node: TS.Node, parent: TS.Node): void => {
    if (found !== undefined || node.end < start || node.pos > start || ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (node.getStart(file) === start) {
      if (ts.isPropertyAccessExpression(parent) && parent.name === node) found = { promise: parent.expression, isUsed: true };
      else if (ts.isCallExpression(parent) && parent.arguments.some((argument) => argument === node) && ts.isExpression(node)) found = { promise: node, isUsed: false };
    }
    ts.forEachChild(node, (child) => visit(child, node));
  };
  ts.forEachChild(file, (statement) => visit(statement, file));
  return found;
}
