import type { CompiledCell, CompileOptions, Declared } from './cell.js';
import { CodeWriter, Edits } from './edits.js';
import { helperNames } from './helpers.js';
import { freeName, hasWord, mangle } from './names.js';
import { parse, parseCell } from './parse.js';
import { insertCheckpoints } from './passes/checkpoints.js';
import { declareClasses } from './passes/classes.js';
import { globalName, type CellContext } from './passes/context.js';
import { refuseEarlyErrors } from './passes/early-errors.js';
import { usedEarly } from './passes/early-uses.js';
import { withNeeds } from './passes/import-request.js';
import { hoistFunctions } from './passes/functions.js';
import { guardLoopAwaits } from './passes/loop-awaits.js';
import { takeModuleSyntax, type ModuleSyntax } from './passes/module-syntax.js';
import { hoistNestedVars } from './passes/nested-vars.js';
import { NO_RUNTIME, takeRuntimeImports, type RuntimeImport } from './passes/runtime-imports.js';
import { redirectImports, renameReferences } from './passes/references.js';
import { resultStatement, returnResult } from './passes/result.js';
import { declareVariables } from './passes/variables.js';
import { nestedDeclarations, topDeclarations, type TopDeclaration } from './scan/declarations.js';
import { reachesTop } from './scan/scope.js';
import type { TypeScript } from './typescript.js';
import { inSource, toUnit, type Unit } from './unit.js';

/** @throws SyntaxProblem whose offset is in the source */
export function compileCell(ts: TypeScript, source: string, options: CompileOptions): CompiledCell {
  const isKeptElsewhere = (name: string): boolean => options.reserved.has(name) || options.mangled.has(name);
  const file = options.fileName === undefined ? parseCell(ts, source) : parse(ts, options.fileName, source);
  const syntax = takeModuleSyntax(ts, file, (name) => (isKeptElsewhere(name) ? mangle(name) : name));
  const unit = toUnit(ts, file, syntax.patches, {
    mustTransform: syntax.hasAlias,
    helpers: 'none',
    settings: options.settings ?? {},
    isReactDeclared: options.declared?.has('React') === true,
  });
  const all = [...topDeclarations(ts, unit.file), ...nestedDeclarations(ts, unit.file, unit.scan)];
  // What TypeScript's transform invents for itself stays inside the cell.
  const declarations = unit.isTransformed ? all.filter(({ name }) => hasWord(source, name)) : all;
  const imported = syntax.imports.flatMap(({ bindings }) => bindings);

  const declaring = [...imported.map(({ local }) => ({ name: local, kind: 'import' as const, start: -1 })), ...declarations];
  inSource(unit, () => refuseEarlyErrors(ts, unit.file, unit.scan, declaring));
  const names = [...declarations.map(({ name }) => name), ...imported.map(({ local }) => local)];
  const renamed = new Set([...options.mangled, ...names.filter(isKeptElsewhere)]);
  const { text, scan } = unit;
  const runtime = unit.isTransformed ? takeRuntimeImports(ts, unit.file, syntax.imports.length) : NO_RUNTIME;
  const early = usedEarly(ts, unit.file, scan, declarations);
  const context: CellContext = { ts, file: unit.file, text, scan, declarations, early, edits: new Edits(), frame: freeName(text), renamed, disposables: syntax.disposables };

  insertCheckpoints(context);
  const isAgain = varsBefore(declarations);
  declareVariables(context, isAgain);
  hoistNestedVars(context, isAgain);
  declareClasses(context);
  renameReferences(context);
  redirectImports(context);
  guardLoopAwaits(context);
  // An enum after an expression leaves an expression in the transformed code that nobody wrote.
  const result = resultStatement(ts, file) === undefined ? undefined : resultStatement(ts, unit.file);
  if (result !== undefined) returnResult(context, result);

  const declares: Declared[] = imported.map(({ local, global }) => ({ name: local, kind: 'import', global }));
  for (const { name, kind } of declarations) declares.push({ name, kind, global: globalName(context, name) });
  const assigns = [...new Set(scan.assigned.filter(({ name, scope }) => reachesTop(name, scope)).map(({ name }) => globalName(context, name)))];
  for (const { start, end } of runtime.statements) context.edits.replace(start, end, '');
  const used = new Set(scan.references.filter(({ name, scope }) => reachesTop(name, scope)).map(({ name }) => name));
  const imports = [...syntax.imports.map((request) => withNeeds(request, (local) => used.has(local))), ...runtime.imports.map(({ request }) => request)];
  const isAsync = scan.hasAwait || imports.length > 0 || scan.importMetas.length > 0 || [...syntax.disposables.values()].includes('await using');
  const { code, map } = write(context, unit, { ...syntax, imports }, isAsync, source, runtime.imports);
  return { code, isAsync, map, declares: uniqueNames(declares), assigns, imports };
}

function write(context: CellContext, unit: Unit, { imports, importStarts }: ModuleSyntax, isAsync: boolean, source: string, runtime: readonly RuntimeImport[]): Pick<CompiledCell, 'code' | 'map'> {
  const { frame } = context;
  const functions = hoistFunctions(context);
  const writer = new CodeWriter(context.text, context.edits);
  writer.writeHead(`'use strict';${isAsync ? 'async ' : ''}(${frame}) => {`, 0);
  if (context.scan.importMetas.length > 0) writer.writeHead(`await ${frame}.prepareMeta();`, 0);
  imports.slice(0, imports.length - runtime.length).forEach((_, index) => writer.writeHead(`await ${frame}.load(${index});`, importStarts[index] ?? 0));
  for (const { pattern, index } of runtime) writer.writeHead(`const ${pattern} = await ${frame}.module(${index});`, 0);
  const helpers = unit.isTransformed ? helperNames(unit.text) : [];
  if (helpers.length > 0) writer.writeHead(`const {${helpers.join(', ')}} = ${frame}.helpers;`, 0);
  for (const { name, kind } of uniqueNames(context.early)) {
    const global = JSON.stringify(globalName(context, name));
    writer.writeHead(kind === 'var' ? `${frame}.undefinedUntil(${global});` : `${frame}.deadUntil(${global}, ${JSON.stringify(name)});`, 0);
  }
  for (const hoisted of functions) hoisted.write(writer);
  let at = 0;
  for (const { start, end } of functions) {
    writer.copy(at, start);
    writer.write(';', start);
    at = end;
  }
  writer.copy(at, context.text.length);
  writer.write('\n}', context.text.length);
  return writer.finish(source, unit.compose);
}

function varsBefore(declarations: readonly TopDeclaration[]): (name: string, statement: number) => boolean {
  const first = new Map<string, number>();
  for (const { name, kind, statement } of declarations) {
    if (kind === 'function') first.set(name, -1);
    else if (kind === 'var') first.set(name, Math.min(first.get(name) ?? Infinity, statement));
  }
  return (name, statement) => (first.get(name) ?? Infinity) < statement;
}

function uniqueNames<T extends { readonly name: string }>(named: readonly T[]): T[] {
  return [...new Map(named.map((one) => [one.name, one])).values()];
}
