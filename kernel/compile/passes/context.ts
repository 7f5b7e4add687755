import type TS from 'typescript';
import type { Edits } from '../edits.js';
import { mangle } from '../names.js';
import type { TopDeclaration } from '../scan/declarations.js';
import type { Scan } from '../scan/scanner.js';
import type { TypeScript } from '../typescript.js';

/** One cell on its way through the passes: what they read, and the edits that they make. */
export interface CellContext {
  readonly ts: TypeScript;
  readonly file: TS.SourceFile;
  /** The text that is edited: of the same length as that of `file`, without types and module syntax. */
  readonly text: string;
  readonly scan: Scan;
  readonly declarations: readonly TopDeclaration[];
  /** Those that the cell may meet before it declares them. */
  readonly early: readonly TopDeclaration[];
  readonly edits: Edits;
  /** The name under which the generated code knows the cell's frame. */
  readonly frame: string;
  /** Names whose variable is kept under another global. */
  readonly renamed: ReadonlySet<string>;
  /** Variables that a top-level `using` declared. */
  readonly disposables: ReadonlyMap<string, 'using' | 'await using'>;
}

/** The global that holds the variable. */
export const globalName = (context: Pick<CellContext, 'renamed'>, name: string): string => (context.renamed.has(name) ? mangle(name) : name);

/** The value that a `var` without one has where it stands: what was assigned to it before, if anything could be. */
export function valueOfBareVar(context: Pick<CellContext, 'renamed' | 'early'>, name: string): string {
  return context.early.some((declaration) => declaration.name === name) ? globalName(context, name) : 'void 0';
}

/**
 * Where the code that ends at `end` really ends: the type eraser puts a `;` in place of a type at the end of a statement
 * that has no semicolon of its own, and what closes a call must stand before it.
 */
export function codeEnd({ text, file }: CellContext, end: number): number {
  let at = end - 1;
  while (at > 0 && /\s/.test(text[at] ?? '')) at--;
  return text[at] === ';' && file.text[at] !== ';' ? at : end;
}

/** A function or class without a name of its own, perhaps in parentheses: it takes the name of what it is assigned to. */
export function isAnonymousDefinition(ts: TypeScript, expression: TS.Expression): boolean {
  const inner = unwrap(ts, expression);
  if (ts.isArrowFunction(inner)) return true;
  return (ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && inner.name === undefined;
}

/** The expression inside parentheses and type assertions. */
export function unwrap(ts: TypeScript, expression: TS.Expression): TS.Expression {
  let inner = expression;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner) || ts.isNonNullExpression(inner) || ts.isTypeAssertionExpression(inner)) {
    inner = inner.expression;
  }
  return inner;
}
