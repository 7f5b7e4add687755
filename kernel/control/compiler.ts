import fs from 'node:fs';
import path from 'node:path';
import type * as Compile from '../compile/index.js';
import type { CompiledCell, CompileResult, Compiler, EmitSettings, TypeScript } from '../compile/index.js';
import type { CompiledModule } from '../protocol/threads.js';
import { loadCompilerTypeScript } from './load-typescript.js';
import { NotebookProject } from './project/notebook-project.js';
import type { Project } from './project/read-tsconfig.js';
import { provideTypeScript } from './provide-typescript.js';

/** Of 40 new lines of TypeScript in a young kernel: 2.2 ms of work with 30 rounds, 2.9 with 12 and 4.6 with 12 of a shorter cell, 10 with none. */
const WARM_UP_ROUNDS = 30;
/** A request that comes meanwhile waits for one round at the most, 1 to 5 ms. */
const WARM_UP_PAUSE_MS = 5;

/** A kernel that lives longer than this saves its cache while nothing waits for it; others do at their end. */
const CACHE_DELAY_MS = 3_000;

/** The cell compiler with the state of one session: which names are kept under another one. */
export class SessionCompiler {
  readonly #kernelFolder: string;
  readonly #reserved: ReadonlySet<string>;
  #mangled: ReadonlySet<string> = new Set();
  /** Names that cells declared, for what depends on whether a name is there. */
  readonly #declared = new Set<string>();
  readonly #project: NotebookProject;
  readonly #onProject: (project: Project) => void;
  #compiler: Compiler | undefined;
  #typescript: TypeScript | undefined;
  #loading: Iterator<void, void> | undefined;
  #saveCache: () => void = () => undefined;

  /** @param onProject is told the settings of the notebook's folder, before anything is compiled with them */
  constructor(kernelFolder: string, reserved: readonly string[], notebookFolder: string, onProject: (project: Project) => void) {
    this.#kernelFolder = kernelFolder;
    this.#project = new NotebookProject(notebookFolder);
    this.#onProject = onProject;
    this.#reserved = new Set(reserved);
  }

  /** Loads the compiler: about 25 ms, once. Not needed before the first cell. */
  load(): Compiler {
    while (this.#compiler === undefined && !this.#loadNext());
    if (this.#compiler === undefined) throw new Error('the compiler was loaded and is not there');
    return this.#compiler;
  }

  /** Loads it a piece at a time: a request that comes meanwhile waits for 10 ms at the most. */
  loadWhileIdle(): void {
    if (this.#loading === undefined) this.#loadPieces();
  }

  #loadPieces(): void {
    if (!this.#loadNext()) setImmediate(() => this.#loadPieces());
  }

  /** True when nothing is left to do. */
  #loadNext(): boolean {
    this.#loading ??= this.#load();
    return this.#loading.next().done === true;
  }

  *#load(): Generator<void, void> {
    const loaded = loadCompilerTypeScript(this.#kernelFolder, (save) => void setTimeout(save, CACHE_DELAY_MS).unref());
    this.#saveCache = () => loaded.saveCache();
    yield;
    const typescript = (this.#typescript = loaded.exports);
    provideTypeScript(typescript);
    yield;
    // Loaded here and not above: its type eraser asks for `typescript` as it loads.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { createCompiler, WARM_UP_CELL } = require('../compile/index.js') as typeof Compile; // SAFETY: that module's own type
    const compiler = (this.#compiler = createCompiler(typescript));
    // After a cell that is here already: it would wait for one that is longer.
    setTimeout(() => this.#warmUp(compiler, WARM_UP_CELL, WARM_UP_ROUNDS), WARM_UP_PAUSE_MS).unref();
  }

  /** The first compile of anything costs 20 ms, and V8 optimises only what has run often: better now than in a cell. */
  #warmUp(compiler: Compiler, cell: string, rounds: number): void {
    compiler.compileCell(cell, { reserved: this.#reserved, mangled: this.#mangled });
    if (rounds > 1) setTimeout(() => this.#warmUp(compiler, cell, rounds - 1), WARM_UP_PAUSE_MS).unref();
  }

  typescript(): TypeScript {
    this.load();
    if (this.#typescript === undefined) throw new Error('TypeScript was loaded and is not there');
    return this.#typescript;
  }

  /** The next kernel starts faster when this one has written what V8 made of the compiler. */
  saveCache(): void {
    this.#saveCache();
  }

  setMangled(names: readonly string[]): void {
    this.#mangled = new Set(names);
  }

  /** Never throws: a cell that is too deep for the compiler's recursion is an error of that cell. */
  compile(source: string): CompileResult {
    try {
      const result = this.load().compileCell(source, { reserved: this.#reserved, mangled: this.#mangled, declared: this.#declared, settings: this.#settings() });
      if (result.ok) for (const { name } of result.cell.declares) this.#declared.add(name);
      return result;
    } catch (error) {
      const message =
        error instanceof RangeError
          ? 'This cell is nested too deeply to be compiled: split its longest expression'
          : `The compiler failed on this cell, which is a fault of Patchbay: ${error instanceof Error ? error.message : String(error)}`;
      return { ok: false, error: { message, line: 1, column: 1 } };
    }
  }

  #settings(): EmitSettings {
    if (this.#typescript === undefined) return {};
    const { project, isNew } = this.#project.current(this.#typescript);
    if (isNew) this.#onProject(project);
    return project.emit;
  }

  /** Compiles a file that a cell imports. @throws with the file's name, line and column when it does not parse */
  compileModule(file: string): CompiledModule<CompiledCell> {
    const source = fs.readFileSync(file, 'utf8');
    const result = this.load().compileModule(source, file, this.#settings());
    if (!result.ok) throw new SyntaxError(`${result.error.message} (${path.basename(file)}, line ${result.error.line}, column ${result.error.column})`);
    return { cell: result.cell, source };
  }
}
