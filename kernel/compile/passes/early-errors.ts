/**
 * What V8 would refuse in the cell as it was written and no longer sees in the code that we make of it, in V8's words:
 * names declared twice, `const` without a value, names that strict code keeps for itself.
 */
import type TS from 'typescript';
import { forbiddenName } from '../names.js';
import { boundIdentifiers, isTypeOnly, listKind } from '../scan/bindings.js';
import type { TopDeclaration } from '../scan/declarations.js';
import type { NestedVar, Scan } from '../scan/scanner.js';
import { SyntaxProblem } from '../syntax-error.js';
import type { TypeScript } from '../typescript.js';

type Kind = TopDeclaration['kind'] | 'import';

export interface Declaring {
  readonly name: string;
  readonly kind: Kind;
  readonly start: number;
}

/** @throws SyntaxProblem */
export function refuseEarlyErrors(ts: TypeScript, file: TS.SourceFile, scan: Scan, declared: readonly Declaring[]): void {
  refuseMissingInitializers(ts, file);
  for (const nested of scan.nestedVars) refuseCrossing(ts, file, nested);
  const all = [...declared].sort((a, b) => a.start - b.start);
  const seen = new Map<string, Kind>();
  for (const { name, kind, start } of all) {
    const forbidden = forbiddenName(name);
    if (forbidden !== undefined) throw new SyntaxProblem(forbidden, start);
    const before = seen.get(name);
    // As in a function or a script, `var` and `function` may share a name.
    if (before !== undefined && !(isLoose(before) && isLoose(kind))) throw alreadyDeclared(name, start);
    seen.set(name, kind);
  }
}

const isLoose = (kind: Kind): boolean => kind === 'var' || kind === 'function';
const alreadyDeclared = (name: string, start: number): SyntaxProblem => new SyntaxProblem(`Identifier '${name}' has already been declared`, start);

/** `{ let x; { var x } }` is an error, since the `var` would cross the `let`. */
function refuseCrossing(ts: TypeScript, file: TS.SourceFile, { list, scope }: NestedVar): void {
  for (const declaration of list.declarations) {
    for (const name of boundIdentifiers(ts, declaration.name)) {
      for (let around: typeof scope | undefined = scope; around !== undefined && around.kind !== 'top'; around = around.parent) {
        if (around.kind === 'block' && around.has(name.text)) throw alreadyDeclared(name.text, name.getStart(file));
      }
    }
  }
}

function refuseMissingInitializers(ts: TypeScript, file: TS.SourceFile): void {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement) || isTypeOnly(ts, statement)) continue;
    const kind = listKind(ts, statement.declarationList);
    for (const { name, initializer, end } of statement.declarationList.declarations) {
      if (initializer !== undefined) continue;
      if (!ts.isIdentifier(name)) throw new SyntaxProblem('Missing initializer in destructuring declaration', end);
      if (kind !== 'let' && kind !== 'var') throw new SyntaxProblem(`Missing initializer in ${kind} declaration`, end);
    }
  }
}
