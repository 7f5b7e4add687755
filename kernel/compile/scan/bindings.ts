import type TS from 'typescript';
import type { TypeScript } from '../typescript.js';

/** The identifiers that a binding name binds, in order: one, or those of a destructuring pattern. */
export function* boundIdentifiers(ts: TypeScript, name: TS.BindingName): Generator<TS.Identifier> {
  if (ts.isIdentifier(name)) {
    yield name;
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) yield* boundIdentifiers(ts, element.name);
  }
}

/** True for `{a}` and `{a = 1}` in a pattern: the name is the property's too. */
export function isShorthand(ts: TypeScript, pattern: TS.BindingPattern, element: TS.BindingElement): boolean {
  return ts.isObjectBindingPattern(pattern) && element.propertyName === undefined && element.dotDotDotToken === undefined;
}

/** Which keyword a declaration list has. */
export function listKind(ts: TypeScript, list: TS.VariableDeclarationList): 'var' | 'let' | 'const' | 'using' | 'await using' {
  const { Let, Const, Using, AwaitUsing, BlockScoped } = ts.NodeFlags;
  const flags: TS.NodeFlags = list.flags & BlockScoped;
  if (flags === Let) return 'let';
  if (flags === Const) return 'const';
  if (flags === Using) return 'using';
  return flags === AwaitUsing ? 'await using' : 'var';
}

const has = (modifiers: readonly TS.ModifierLike[] | undefined, kind: TS.SyntaxKind): boolean => modifiers?.some((modifier) => modifier.kind === kind) === true;

/** True for a statement that says something about types only and does nothing when it runs. */
export function isTypeOnly(ts: TypeScript, statement: TS.Statement): boolean {
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return true;
  if (ts.isFunctionDeclaration(statement) && statement.body === undefined) return true;
  if (ts.isModuleDeclaration(statement)) return has(statement.modifiers, ts.SyntaxKind.DeclareKeyword) || !hasValues(ts, statement);
  return ts.canHaveModifiers(statement) && has(ts.getModifiers(statement), ts.SyntaxKind.DeclareKeyword);
}

/** A namespace that holds types only leaves nothing behind. */
function hasValues(ts: TypeScript, namespace: TS.ModuleDeclaration): boolean {
  if (ts.isStringLiteral(namespace.name) || (namespace.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return false;
  const { body } = namespace;
  if (body === undefined) return false;
  if (ts.isModuleDeclaration(body)) return hasValues(ts, body);
  return ts.isModuleBlock(body) && body.statements.some((statement) => !isTypeOnly(ts, statement));
}
