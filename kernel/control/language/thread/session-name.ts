/**
 * Names that cells share. TypeScript sees a declaration in one file, an export and imports in others; for the user it is one
 * name in several cells.
 */
import type TS from 'typescript';
import type { LanguageContext, Place } from './context.js';
import type { Cell } from './notebook.js';

/** A name and the cell that declares it. */
export interface SessionName {
  readonly name: string;
  readonly owner: Cell;
}

/** The shared name at a place; undefined for names that belong to a cell, a type or a file alone. */
export function sessionNameAt(context: LanguageContext, { cell, file, offset }: Place): SessionName | undefined {
  const { ts, service } = context;
  const program = service.getProgram();
  const source = program?.getSourceFile(file);
  if (program === undefined || source === undefined) return undefined;
  const identifier = identifierAt(ts, source, offset);
  if (identifier === undefined) return undefined;
  const checker = program.getTypeChecker();
  const { parent } = identifier;
  const symbol = ts.isShorthandPropertyAssignment(parent) && parent.name === identifier ? checker.getShorthandAssignmentValueSymbol(parent) : checker.getSymbolAtLocation(identifier);
  const name = identifier.text;
  for (const declaration of symbol?.declarations ?? []) {
    const at = declaration.getSourceFile();
    if (at !== source) continue;
    const start = (ts.getNameOfDeclaration(declaration) ?? declaration).getStart(at);
    if (start < cell.prefix.length) {
      const link = cell.links.get(name);
      const owner = link === undefined ? undefined : context.cellAt(link.owner);
      if (owner !== undefined) return { name, owner };
    } else if (cell.source.names.declared.get(name) !== undefined && isTopLevel(ts, declaration)) return { name, owner: cell };
  }
  return undefined;
}

/** Whether the declaration belongs to its file and not to a function, a class or a block in it. */
function isTopLevel(ts: LanguageContext['ts'], declaration: TS.Declaration): boolean {
  const isVar = (node: TS.Node): boolean => ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0;
  let sawVar = false;
  for (let node: TS.Node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    sawVar ||= isVar(node);
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isModuleBlock(node) || ts.isTypeNode(node)) return false;
    if (ts.isObjectLiteralExpression(node) || ts.isEnumDeclaration(node)) return false;
    if ((ts.isBlock(node) || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isCaseBlock(node)) && !sawVar) return false;
  }
  return true;
}

function identifierAt(ts: LanguageContext['ts'], source: TS.SourceFile, offset: number): TS.Identifier | undefined {
  let found: TS.Identifier | undefined;
  const visit = (node: TS.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    if (ts.isIdentifier(node) && node.getStart(source) <= offset) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Where a cell's file speaks of the name first: in the cell that declares it, or in the line that brings it to another one. */
export function localPlaces(context: LanguageContext, { name, owner }: SessionName): { readonly cell: Cell; readonly file: string; readonly offset: number }[] {
  return context.notebook.cells.flatMap((cell) => {
    const offset = cell === owner ? declaredAt(cell, name) : cell.links.get(name)?.owner === owner.slot ? broughtAt(cell, name) : undefined;
    return offset === undefined ? [] : [{ cell, file: context.fileOf(cell), offset }];
  });
}

function declaredAt(cell: Cell, name: string): number | undefined {
  const declared = cell.source.names.declared.get(name);
  return declared === undefined ? undefined : cell.prefix.length + declared.start;
}

function broughtAt({ prefix, links }: Cell, name: string): number | undefined {
  const isVariable = links.get(name)?.assignedIn !== undefined;
  const before = isVariable ? `;let ${name}:` : ` as ${name}`;
  for (let at = prefix.indexOf(before); at >= 0; at = prefix.indexOf(before, at + 1)) {
    const start = at + (isVariable ? ';let '.length : ' as '.length);
    if (isVariable || /[,}]/.test(prefix.charAt(start + name.length))) return start;
  }
  return undefined;
}
