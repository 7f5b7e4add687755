/**
 * Imports that TypeScript's transform adds, as the automatic JSX runtime does. What they bind stays inside the cell:
 *
 *   import { jsx as _jsx } from "react/jsx-runtime"      const {"jsx": _jsx} = await $pb.module(0);
 */
import type TS from 'typescript';
import type { ImportRequest } from '../cell.js';
import type { TypeScript } from '../typescript.js';
import { importRequest, withNeeds } from './import-request.js';

export interface RuntimeImport {
  readonly request: ImportRequest;
  /** Its number among the imports of the cell. */
  readonly index: number;
  /** The destructuring pattern that takes its names. */
  readonly pattern: string;
}

export interface RuntimeImports {
  readonly imports: readonly RuntimeImport[];
  /** Places of the statements, and of the `export {}` that TypeScript marks a module with. */
  readonly statements: readonly { readonly start: number; readonly end: number }[];
}

export const NO_RUNTIME: RuntimeImports = { imports: [], statements: [] };

/** @param count how many imports the cell has of its own */
export function takeRuntimeImports(ts: TypeScript, file: TS.SourceFile, count: number): RuntimeImports {
  const imports: RuntimeImport[] = [];
  const statements: { start: number; end: number }[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) statements.push({ start: statement.getStart(file), end: statement.end });
    const request = ts.isImportDeclaration(statement) ? importRequest(ts, statement, 1, (name) => name) : undefined;
    if (request === undefined) continue;
    const pattern = `{${request.bindings.map(({ imported, local }) => `${JSON.stringify(imported)}: ${local}`).join(', ')}}`;
    imports.push({ request: withNeeds(request, () => true), index: count + imports.length, pattern });
  }
  return { imports, statements };
}
