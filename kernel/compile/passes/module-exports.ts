/**
 * `import` and `export` of a module file. The module becomes a function; what it exports, getters on an object, so that
 * others always see the newest value; what it imports, properties read at each use:
 *
 *   import a, {b as c} from 'm'      const $pb0 = await $pb.import("m");     c → $pb0["b"]
 *   export const d = 1               const d = 1                             {"d": () => d}
 *   export default a                 const $pbd = $pb0["default"];           {"default": () => $pbd}
 *   export * from 'n'                const $pb1 = await $pb.import("n");$pbs($pb.exports, $pb1);
 */
import type TS from 'typescript';
import type { ImportRequest } from '../cell.js';
import { namedExpression } from '../names.js';
import { lineStarts, positionAt } from '../position-map.js';
import { boundIdentifiers, isTypeOnly } from '../scan/bindings.js';
import { SyntaxProblem } from '../syntax-error.js';
import { codeEnd, isAnonymousDefinition, type CellContext } from './context.js';
import { importRequest } from './import-request.js';

export interface ModuleImport {
  readonly request: ImportRequest;
  /** The variable that holds the namespace. */
  readonly variable: string;
  readonly start: number;
  readonly isStar: boolean;
}

export interface ModuleSyntax {
  readonly imports: readonly ModuleImport[];
  /** What each imported name reads. */
  readonly imported: ReadonlyMap<string, string>;
  /** Exported name -> the expression that its getter gives. */
  readonly exported: ReadonlyMap<string, string>;
}

/**
 * Takes the module syntax out of the text by edits.
 *
 * @param types names that stand for types only: exporting one leaves nothing behind
 * @throws SyntaxProblem for an export of a name that is not there
 */
export function takeExports(context: CellContext, types: ReadonlySet<string>): ModuleSyntax {
  const { ts, file, edits, frame } = context;
  const imports: ModuleImport[] = [];
  const imported = new Map<string, string>();
  const exported = new Map<string, string>();
  const starts = lineStarts(file.text);
  const ask = (statement: TS.ImportDeclaration | TS.ImportEqualsDeclaration | TS.ExportDeclaration): string | undefined => {
    const start = statement.getStart(file);
    const request = importRequest(ts, statement, positionAt(starts, start).line, (name) => name);
    if (request === undefined) return undefined;
    const variable = `${frame}${imports.length}`;
    const isStar = ts.isExportDeclaration(statement) && statement.exportClause === undefined;
    imports.push({ request, variable, start, isStar });
    for (const binding of request.bindings) imported.set(binding.local, isWhole(binding.imported) ? variable : read(variable, binding.imported));
    return variable;
  };

  const later: (() => void)[] = [];
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) {
      ask(statement);
      remove(context, start, statement.end);
    } else if (ts.isExportDeclaration(statement)) {
      if (!statement.isTypeOnly) {
        const variable = ask(statement);
        later.push(() => exportList(context, statement, variable, { types, imported, exported }));
      }
      remove(context, start, statement.end);
    } else if (ts.isNamespaceExportDeclaration(statement)) {
      remove(context, start, statement.end);
    } else if (ts.isExportAssignment(statement)) {
      const named = isAnonymousDefinition(ts, statement.expression) ? namedExpression('default') : { open: '', close: '' };
      edits.replace(start, statement.expression.getStart(file), `const ${frame}d = ${named.open}`);
      edits.insert(codeEnd(context, statement.expression.end), `${named.close};`, 'close');
      exported.set('default', `${frame}d`);
      // Node's own name for what `require` gives.
      if (statement.isExportEquals === true) exported.set('module.exports', `${frame}d`);
    } else {
      exportDeclaration(context, statement, exported);
    }
  }
  // Only now are all imported names known.
  for (const action of later) action();
  return { imports, imported, exported };
}

const isWhole = (imported: string): boolean => imported === '*' || imported === '=';
const read = (variable: string, name: string): string => `${variable}[${JSON.stringify(name)}]`;

function remove({ edits, file }: CellContext, start: number, end: number): void {
  edits.replace(start, end, `;${file.text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, '')}`);
}

interface Names {
  readonly types: ReadonlySet<string>;
  readonly imported: ReadonlyMap<string, string>;
  readonly exported: Map<string, string>;
}

function exportList(context: CellContext, { exportClause }: TS.ExportDeclaration, variable: string | undefined, { types, imported, exported }: Names): void {
  const { ts, file, declarations } = context;
  if (exportClause === undefined) return;
  if (ts.isNamespaceExport(exportClause)) {
    if (variable !== undefined) exported.set(exportClause.name.text, variable);
    return;
  }
  for (const { name, propertyName, isTypeOnly: isType } of exportClause.elements) {
    if (isType) continue;
    const local = (propertyName ?? name).text;
    if (variable !== undefined) exported.set(name.text, read(variable, local));
    else if (imported.has(local)) exported.set(name.text, imported.get(local) ?? '');
    else if (declarations.some((declaration) => declaration.name === local)) exported.set(name.text, local);
    else if (!types.has(local)) throw new SyntaxProblem(`Export '${local}' is not defined in module`, (propertyName ?? name).getStart(file));
  }
}

function exportDeclaration(context: CellContext, statement: TS.Statement, exported: Map<string, string>): void {
  const { ts, file, edits, frame } = context;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const keyword = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (keyword === undefined || isTypeOnly(ts, statement)) return;
  const isDefault = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  const start = keyword.getStart(file);
  if (ts.isVariableStatement(statement)) {
    edits.replace(start, keyword.end, '');
    for (const { name } of statement.declarationList.declarations) for (const { text } of boundIdentifiers(ts, name)) exported.set(text, text);
    return;
  }
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return;
  if (statement.name !== undefined) {
    edits.replace(start, (isDefault ?? keyword).end, '');
    exported.set(isDefault === undefined ? statement.name.text : 'default', statement.name.text);
    return;
  }
  const { open, close } = namedExpression('default');
  edits.replace(start, (isDefault ?? keyword).end, `const ${frame}d = ${open}`);
  edits.insert(statement.end, `${close};`, 'close');
  exported.set('default', `${frame}d`);
}
