import vm from 'node:vm';
import ts from 'typescript';
import { createCompiler, scriptSyntaxError, type CellSyntaxError, type CompiledCell, type EmitSettings } from '../../kernel/compile/index.js';
import { SessionScope, type CellLoader } from '../../kernel/main/scope/index.js';

export const compiler = createCompiler(ts);

export interface Ran {
  /** What the last expression gave; undefined without one. */
  readonly value: unknown;
  readonly hasValue: boolean;
}

/** Cells run one after another as the kernel runs them, in this process and on its real global object. */
export class TestSession {
  readonly scope = new SessionScope();
  readonly modules: Record<string, Record<string, unknown>> = {};
  readonly imported: string[] = [];
  settings: EmitSettings = {};
  #count = 0;

  compile(source: string, fileName?: string): CompiledCell {
    const { reserved, mangled } = this.scope;
    const declared = new Set(this.scope.names().map(({ name }) => name));
    const result = compiler.compileCell(source, { reserved, mangled, declared, settings: this.settings, ...(fileName === undefined ? {} : { fileName }) });
    if (!result.ok) throw new CellError(result.error);
    return result.cell;
  }

  async run(source: string, fileName?: string): Promise<Ran> {
    const cell = this.compile(source, fileName);
    const frame = this.scope.enter(cell);
    frame.loader = this.loader;
    try {
      await this.#start(cell)(frame);
    } catch (error) {
      await frame.finishAsync(error);
      throw error;
    }
    await frame.finishAsync();
    return { value: frame.value, hasValue: frame.hasValue };
  }

  /** The value of a cell without await, run to its end before this returns. */
  runSync(source: string): unknown {
    const cell = this.compile(source);
    if (cell.isAsync) throw new Error('the cell is async');
    const frame = this.scope.enter(cell);
    try {
      const value = this.#start(cell)(frame);
      frame.finish();
      return value;
    } catch (error) {
      frame.finish(error);
      throw error;
    }
  }

  readonly loader: CellLoader = {
    import: async (specifier) => {
      this.imported.push(specifier);
      return this.modules[specifier] ?? ((await import(specifier)) as Record<string, unknown>);
    },
    meta: { url: 'file:///notebook.ipynb' } as ImportMeta,
  };

  #start(cell: CompiledCell): (frame: object) => unknown {
    this.#count++;
    const filename = `cell${this.#count}`;
    try {
      return new vm.Script(cell.code, { filename }).runInThisContext() as (frame: object) => unknown;
    } catch (error) {
      const found = scriptSyntaxError(error, filename, cell.map);
      throw found === undefined ? error : new CellError(found);
    }
  }

  /** Takes the session's variables off the global object. */
  close(): void {
    for (const { name } of this.scope.names()) Reflect.deleteProperty(globalThis, this.scope.mangled.has(name) ? `${name}$pb` : name);
  }
}

export class CellError extends SyntaxError {
  readonly where: CellSyntaxError;

  constructor(where: CellSyntaxError) {
    super(`${where.message} (${where.line}:${where.column})`);
    this.where = where;
  }
}
