/**
 * The compiler of cells and of the TypeScript files that they import: types erased in place, declarations turned into
 * writes to the session. Pure: source in, code and positions out.
 */
import type { CompiledCell, CompileOptions, CompileResult } from './cell.js';
import { compileCell } from './compile-cell.js';
import { compileModule } from './compile-module.js';
import type { EmitSettings } from './settings.js';
import { SyntaxProblem } from './syntax-error.js';
import type { TypeScript } from './typescript.js';

export type * from './cell.js';
export type { EmitSettings } from './settings.js';
export type { Parser, TypeScript } from './typescript.js';
export { originalPosition, type Position } from './position-map.js';
export { scriptSyntaxError } from './syntax-error.js';
export { WARM_UP_CELL } from './warm-up.js';

export interface Compiler {
  /** Never throws for what stands in the source. */
  compileCell(source: string, options: CompileOptions): CompileResult;
  /**
   * A module file: `cell.code` is a script whose value is an async function that takes
   * `{ exports, import(specifier, attributes?), meta }` and runs the module.
   */
  compileModule(source: string, fileName: string, settings?: EmitSettings): CompileResult;
}

export function createCompiler(ts: TypeScript): Compiler {
  return {
    compileCell: (source, options) => guarded(source, () => compileCell(ts, source, options)),
    compileModule: (source, fileName, settings) => guarded(source, () => compileModule(ts, source, fileName, settings)),
  };
}

function guarded(source: string, compile: () => CompiledCell): CompileResult {
  try {
    return { ok: true, cell: compile() };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return { ok: false, error: error.describe(source) };
  }
}
