import type { CompiledCell } from './cell.js';
import { CodeWriter, Edits } from './edits.js';
import { freeName } from './names.js';
import { parse } from './parse.js';
import type { CellContext } from './passes/context.js';
import { withNeeds } from './passes/import-request.js';
import { takeExports, type ModuleSyntax } from './passes/module-exports.js';
import { listKind } from './scan/bindings.js';
import { nestedDeclarations, topDeclarations } from './scan/declarations.js';
import { reachesTop } from './scan/scope.js';
import type { EmitSettings } from './settings.js';
import { exportedTypes, typeNames } from './scan/type-names.js';
import type { TypeScript } from './typescript.js';
import { inSource, toUnit } from './unit.js';

/** What code of CommonJS finds in its file; given only where the file uses the name and does not declare it. */
const COMMON_JS = new Set(['require', 'module', 'exports', '__filename', '__dirname']);

/**
 * A module file as a script whose value is an async function that runs it. It takes
 * `{ exports, import(specifier, attributes, needs, others), require(specifier), commonJs(), meta }`: it fills `exports` with getters before anything else runs, so that
 * modules that import each other see what is hoisted, and resolves when the module has run.
 *
 * @throws SyntaxProblem whose offset is in the source
 */
export function compileModule(ts: TypeScript, source: string, fileName: string, settings: EmitSettings = {}): CompiledCell {
  const file = parse(ts, fileName, source);
  const mustTransform = file.statements.some(
    (statement) =>
      (ts.isImportEqualsDeclaration(statement) && !ts.isExternalModuleReference(statement.moduleReference)) ||
      (ts.isVariableStatement(statement) && listKind(ts, statement.declarationList).endsWith('using')),
  );
  const patches = new Edits();
  if (source.startsWith('#!')) patches.replace(0, 2, '//');
  const unit = toUnit(ts, file, patches, { mustTransform, helpers: 'inline', settings, isReactDeclared: false });
  const { text, scan } = unit;
  const declarations = [...topDeclarations(ts, unit.file), ...nestedDeclarations(ts, unit.file, scan)];
  const context: CellContext = { ts, file: unit.file, text, scan, declarations, early: [], edits: new Edits(), frame: freeName(text), renamed: new Set(), disposables: new Map() };
  const syntax = inSource(unit, () => takeExports(context, typeNames(ts, file)));
  const own = new Set([...declarations.map(({ name }) => name), ...syntax.imported.keys()]);
  const used = new Set(scan.references.filter(({ name, scope }) => reachesTop(name, scope)).map(({ name }) => name));
  readImports(context, syntax.imported);
  const imports = syntax.imports.map((one) => ({ ...one, request: withNeeds(one.request, (local) => used.has(local)) }));
  const commonJs = [...COMMON_JS].filter((name) => used.has(name) && !own.has(name));
  const types = exportedTypes(ts, file);
  const { code, map } = write(context, { ...syntax, imports }, commonJs, source, unit.compose);
  return { code, isAsync: true, map, declares: [], assigns: [], imports: imports.map(({ request }) => request), ...(types === undefined ? {} : { typeExports: types }) };
}

/** An imported name reads its module at each use; a call of it has no `this`. */
function readImports({ scan, edits, frame }: CellContext, imported: ReadonlyMap<string, string>): void {
  const statementStarts = new Set(scan.expressionStatements);
  for (const { name, start, end, scope, form } of scan.references) {
    const read = imported.get(name);
    if (read === undefined || !reachesTop(name, scope)) continue;
    if (form === 'shorthand') edits.insert(end, `: ${read}`, 'inner');
    else if (form === 'plain' || !read.endsWith(']')) edits.replace(start, end, read);
    // At the start of a statement a parenthesis would continue the line before it.
    else edits.replace(start, end, `${statementStarts.has(start) ? '0, ' : ''}(0, ${read})`);
  }
  for (const start of scan.dynamicImports) edits.replace(start, start + 'import'.length, `${frame}i(${frame})`);
  for (const start of scan.importMetas) edits.replace(start, start + 'import'.length, frame);
}

/** Outside of the module's own names, so that none of them can hide `Object`. */
const RUNTIME = {
  /** `x`: defines the exports. */
  x: `(exports, getters, live) => { for (const name of Object.keys(getters).sort()) Object.defineProperty(exports, name, { get: getters[name], enumerable: true, configurable: true }); Object.defineProperty(exports, Symbol.for('patchbay.live'), { value: live }); Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' }); }`,
  /** `s`: defines what `export *` passes on. */
  s: `(exports, module) => { for (const name of Object.keys(module)) if (name !== 'default' && !Object.hasOwn(exports, name)) Object.defineProperty(exports, name, { get: () => module[name], enumerable: true, configurable: true }); }`,
  /** `i`: `import(specifier, options)`. */
  i: `(frame) => async (specifier, options) => frame.import(String(specifier), options?.with)`,
};

function write(context: CellContext, { imports, exported }: ModuleSyntax, commonJs: readonly string[], source: string, compose: (segments: readonly number[]) => readonly number[]): Pick<CompiledCell, 'code' | 'map'> {
  const { frame, text, declarations } = context;
  const writer = new CodeWriter(text, context.edits);
  const changing = new Set(declarations.filter(({ kind }) => kind === 'let' || kind === 'var').map(({ name }) => name));
  const live = [...exported].filter(([, local]) => changing.has(local)).map(([name]) => name);
  const getters = [...exported].map(([name, expression]) => `[${JSON.stringify(name)}]: () => ${expression}`);
  const letters = Object.keys(RUNTIME).map((letter) => frame + letter);
  writer.writeHead(`'use strict';((${letters.join(', ')}) => async (${frame}) => {${frame}x(${frame}.exports, {${getters.join(', ')}}, ${JSON.stringify(live)});`, 0);
  if (commonJs.length > 0) writer.writeHead(`const {${commonJs.join(', ')}} = ${frame}.commonJs();`, 0);
  for (const { request, variable, start, isStar } of imports) {
    const { specifier, attributes, bindings, needs } = request;
    const isRequire = bindings.some(({ imported }) => imported === '=');
    const others = bindings.map(({ imported }) => imported).filter((name) => name !== '*' && !needs.includes(name));
    const given = [attributes ?? null, needs, others].map((one) => JSON.stringify(one)).join(', ');
    const loaded = isRequire ? `require(${JSON.stringify(specifier)})` : `import(${JSON.stringify(specifier)}, ${given})`;
    writer.write(`const ${variable} = await ${frame}.${loaded};`, start);
    if (isStar) writer.write(`${frame}s(${frame}.exports, ${variable});`, start);
  }
  writer.copy(0, text.length);
  writer.write(`\n})(${Object.values(RUNTIME).join(', ')})`, text.length);
  return writer.finish(source, compose);
}
