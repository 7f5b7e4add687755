/**
 * Which names the cell may use before it declares them. Only those get a temporal dead zone (`let`, `const`, `class`) or
 * an early `undefined` (`var`) at the start of the cell; all others keep their old value until they are declared.
 */
import type TS from 'typescript';
import { isTypeOnly } from '../scan/bindings.js';
import type { TopDeclaration } from '../scan/declarations.js';
import type { Reference, Scan } from '../scan/scanner.js';
import { reachesTop } from '../scan/scope.js';
import type { TypeScript } from '../typescript.js';
import { unwrap } from './context.js';

/** The declarations that something in the cell may meet before `end` of the declaration was reached. */
export function usedEarly(ts: TypeScript, file: TS.SourceFile, scan: Scan, declarations: readonly TopDeclaration[]): TopDeclaration[] {
  const names = new Set(declarations.map(({ name }) => name));
  const uses = scan.references.filter(({ name, scope }) => names.has(name) && reachesTop(name, scope));
  if (uses.length === 0) return [];
  const functionOf = file.statements.map((statement) => (ts.isFunctionDeclaration(statement) ? statement.name?.text : undefined));
  const outside = uses.filter(({ statement }) => functionOf[statement] === undefined);
  const callable = earliestUses(uses, outside, functionOf);
  const active = activeBefore(ts, file);
  const byName = groupByName(outside);
  return declarations.filter(({ name, kind, start, end, statement }) => {
    if (kind === 'function') return false;
    if ((callable.get(name) ?? Infinity) < end) return true;
    return byName.get(name)?.some((use) => use.start < end && use.start !== start && (!use.deferred || active(use.statement, statement))) === true;
  });
}

function groupByName(uses: readonly Reference[]): Map<string, Reference[]> {
  const groups = new Map<string, Reference[]>();
  for (const use of uses) {
    const group = groups.get(use.name);
    if (group === undefined) groups.set(use.name, [use]);
    else group.push(use);
  }
  return groups;
}

/** For each name that a function declaration uses: the offset of the earliest code that may call such a function, directly or through others. */
function earliestUses(uses: readonly Reference[], outside: readonly Reference[], functionOf: readonly (string | undefined)[]): Map<string, number> {
  const insideOf = new Map<string, Set<string>>();
  for (const { name, statement } of uses) {
    const around = functionOf[statement];
    if (around !== undefined) insideOf.set(around, (insideOf.get(around) ?? new Set()).add(name));
  }
  const earliest = new Map<string, number>();
  const queue = outside.map(({ name, start }) => ({ name, start }));
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const name of insideOf.get(next.name) ?? []) {
      if ((earliest.get(name) ?? Infinity) <= next.start) continue;
      earliest.set(name, next.start);
      queue.push({ name, start: next.start });
    }
  }
  return earliest;
}

/** Whether any statement from the first to the second index can call a function that was made there. */
function activeBefore(ts: TypeScript, file: TS.SourceFile): (from: number, to: number) => boolean {
  const count = [0];
  for (const statement of file.statements) count.push((count.at(-1) ?? 0) + (isInert(ts, statement) ? 0 : 1));
  return (from, to) => (count[to + 1] ?? 0) > (count[from] ?? 0);
}

function isInert(ts: TypeScript, statement: TS.Statement): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isEmptyStatement(statement) || isTypeOnly(ts, statement)) return true;
  if (ts.isClassDeclaration(statement)) {
    return statement.heritageClauses === undefined && statement.members.every((member) => ts.isMethodDeclaration(member) && ts.isIdentifier(member.name));
  }
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ name, initializer }) => ts.isIdentifier(name) && (initializer === undefined || isConstant(ts, initializer)));
}

function isConstant(ts: TypeScript, expression: TS.Expression): boolean {
  const inner = unwrap(ts, expression);
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) || ts.isLiteralExpression(inner) || inner.kind === ts.SyntaxKind.TrueKeyword || inner.kind === ts.SyntaxKind.FalseKeyword;
}
