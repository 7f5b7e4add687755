/**
 * Which names a cell gives to the cells after it, and which of theirs it may mean.
 */
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';

/** TypeScript's word for what a declaration is; `import` for a name that an import brings. */
export type NameKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'enum' | 'interface' | 'type' | 'module' | 'import';

export interface DeclaredName {
  readonly kind: NameKind;
  /** Of its identifier, in the cell. */
  readonly start: number;
  readonly end: number;
}

export interface CellNames {
  readonly declared: ReadonlyMap<string, DeclaredName>;
  /** Those of them that the cell itself exports, under their own name. */
  readonly exported: ReadonlySet<string>;
  /** Names that code outside of functions gives a new value. */
  readonly assigned: ReadonlySet<string>;
}

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

/** Every word that could be a name, also in strings and comments. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(IDENTIFIER));
}

export function namesOf(ts: TypeScript, file: TS.SourceFile): CellNames {
  const declared = new Map<string, DeclaredName>();
  const exported = new Set<string>();
  const assigned = new Set<string>();
  const declare = (name: TS.Node | undefined, kind: NameKind, isExported = false): void => {
    // A name that is missing in half-written code is an empty identifier.
    if (name === undefined || !ts.isIdentifier(name) || name.text === '') return;
    // A function's overloads and a namespace that adds to it are one name: the first is where it is defined.
    if (!declared.has(name.text)) declared.set(name.text, { kind, start: name.getStart(file), end: name.end });
    if (isExported) exported.add(name.text);
  };
  const declareList = (list: TS.VariableDeclarationList, isExported: boolean): void => {
    const scoped: TS.NodeFlags = list.flags & ts.NodeFlags.BlockScoped;
    const kind = scoped === ts.NodeFlags.None ? 'var' : scoped === ts.NodeFlags.Let ? 'let' : 'const';
    for (const { name } of list.declarations) for (const bound of boundNames(ts, name)) declare(bound, kind, isExported);
  };

  for (const statement of file.statements) {
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    const isDefault = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
    const byName = isExported && !isDefault;
    if (ts.isVariableStatement(statement)) declareList(statement.declarationList, byName);
    else if (ts.isFunctionDeclaration(statement)) declare(statement.name, 'function', byName);
    else if (ts.isClassDeclaration(statement)) declare(statement.name, 'class', byName);
    else if (ts.isEnumDeclaration(statement)) declare(statement.name, 'enum', byName);
    else if (ts.isInterfaceDeclaration(statement)) declare(statement.name, 'interface', byName);
    else if (ts.isTypeAliasDeclaration(statement)) declare(statement.name, 'type', byName);
    else if (ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) === 0) declare(statement.name, 'module', byName);
    else if (ts.isImportEqualsDeclaration(statement)) declare(statement.name, 'import', byName);
    else if (ts.isImportDeclaration(statement)) for (const name of importedNames(ts, statement)) declare(name, 'import');
    else if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined) {
      if (ts.isNamespaceExport(statement.exportClause)) exported.add(statement.exportClause.name.text);
      else for (const { name } of statement.exportClause.elements) exported.add(name.text);
    }
  }

  const visit = (node: TS.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isTypeNode(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) declareList(node, false);
    else if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) for (const name of targetNames(ts, node.left)) assigned.add(name);
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && isStep(ts, node.operator)) for (const name of targetNames(ts, node.operand)) assigned.add(name);
    else if ((ts.isForInStatement(node) || ts.isForOfStatement(node)) && !ts.isVariableDeclarationList(node.initializer)) for (const name of targetNames(ts, node.initializer)) assigned.add(name);
    ts.forEachChild(node, visit);
  };
  file.statements.forEach(visit);
  return { declared, exported, assigned };
}

function* boundNames(ts: TypeScript, name: TS.BindingName): Generator<TS.Identifier> {
  if (ts.isIdentifier(name)) yield name;
  else for (const element of name.elements) if (ts.isBindingElement(element)) yield* boundNames(ts, element.name);
}

function* importedNames(ts: TypeScript, { importClause }: TS.ImportDeclaration): Generator<TS.Identifier> {
  if (importClause?.name !== undefined) yield importClause.name;
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) yield bindings.name;
  else for (const { name } of bindings.elements) yield name;
}

const isAssignment = (ts: TypeScript, kind: TS.SyntaxKind): boolean => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
const isStep = (ts: TypeScript, kind: TS.SyntaxKind): boolean => kind === ts.SyntaxKind.PlusPlusToken || kind === ts.SyntaxKind.MinusMinusToken;

/** The names that an assignment to this expression changes. */
function* targetNames(ts: TypeScript, target: TS.Node): Generator<string> {
  if (ts.isIdentifier(target)) yield target.text;
  else if (ts.isParenthesizedExpression(target) || ts.isSpreadElement(target) || ts.isSpreadAssignment(target) || ts.isNonNullExpression(target)) yield* targetNames(ts, target.expression);
  else if (ts.isBinaryExpression(target)) yield* targetNames(ts, target.left);
  else if (ts.isArrayLiteralExpression(target)) for (const element of target.elements) yield* targetNames(ts, element);
  else if (ts.isObjectLiteralExpression(target)) for (const property of target.properties) yield* targetNames(ts, property);
  else if (ts.isShorthandPropertyAssignment(target)) yield target.name.text;
  else if (ts.isPropertyAssignment(target)) yield* targetNames(ts, target.initializer);
}
