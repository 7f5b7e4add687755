import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { CompiledCell } from '../../compile/index.js';
import { scriptSyntaxError } from '../../compile/syntax-error.js';
import type { CompiledModule } from '../../protocol/threads.js';
import type { Sources } from '../errors/sources.js';
import { isInPackage, type CommonJs } from './common-js.js';
import type { WantedNames } from './exported-names.js';
import { isCommonJs } from './module-format.js';
import { createNamespace, namespaceOf, type Namespace } from './namespace.js';
import type { ResolvedFile } from './resolve-file.js';
import { jsonModule, wasmModule } from './special-files.js';
import { stampOf } from './stamp.js';

export type Attributes = Readonly<Record<string, string>>;

export interface FileModuleEdges {
  readonly sources: Sources;
  readonly commonJs: CommonJs;
  compile(file: string): Promise<CompiledModule<CompiledCell>>;
  /** What a module imports. */
  import(specifier: string, importer: FileModule, attributes: Attributes | undefined, wanted?: WantedNames): Promise<Namespace>;
  /** What `import x = require('y')` of a module gives. */
  importEquals(specifier: string, importer: FileModule): Promise<unknown>;
  native(folder: string, specifier: string): Promise<Namespace>;
  require(file: string): NodeJS.Require;
  meta(file: string): ImportMeta;
}

/** A file that was imported, as it was then. */
export interface FileModule {
  readonly file: string;
  readonly stamp: string;
  /** What a module that imports this one in a circle sees before it has run. */
  readonly exports: Namespace;
  readonly namespace: Promise<Namespace>;
  readonly imports: Set<FileModule>;
  /** The modules that it waits for now. */
  readonly waitsFor: Set<FileModule>;
  isDone: boolean;
  /** Names that it exports as types; undefined where nobody knows. */
  types: ReadonlySet<string> | undefined;
}

export interface ImportedFile {
  readonly namespace: Namespace;
  /** False in a circle of imports: more names may come. */
  readonly isComplete: boolean;
  readonly types: ReadonlySet<string> | undefined;
}

/**
 * The modules that are files of the user: each runs once, and again when it is imported after its file, or one that it imports,
 * has changed.
 */
export class FileModules {
  readonly #edges: FileModuleEdges;
  readonly #loaded = new Map<string, FileModule>();

  constructor(edges: FileModuleEdges) {
    this.#edges = edges;
  }

  /** The module of a file, run to its end; in a circle of imports, as far as it has come. */
  async import({ path: file, kind }: ResolvedFile, importer?: FileModule): Promise<ImportedFile> {
    const known = this.#loaded.get(file);
    const module = known !== undefined && this.#isFresh(known) ? known : this.#start(file, kind);
    importer?.imports.add(module);
    // Who waits for a module that waits for him would wait for ever.
    const isWaiting = !module.isDone && importer !== undefined && !importer.isDone;
    if (isWaiting && (module === importer || reaches(module, importer))) return { namespace: module.exports, isComplete: false, types: undefined };
    if (isWaiting) importer.waitsFor.add(module);
    try {
      const namespace = await module.namespace;
      return { namespace, isComplete: true, types: module.types };
    } finally {
      importer?.waitsFor.delete(module);
    }
  }

  /** Forgets modules that were loading when their cell was interrupted: the next import starts anew. */
  dropUnfinished(): void {
    for (const [file, { isDone }] of this.#loaded) if (!isDone) this.#loaded.delete(file);
  }

  /** Forgets what was compiled: the settings it was compiled with have changed. */
  dropAll(): void {
    for (const [file, { isDone }] of this.#loaded) if (isDone) this.#loaded.delete(file);
  }

  #isFresh(module: FileModule, seen = new Set<FileModule>()): boolean {
    if (seen.has(module) || !module.isDone) return true;
    seen.add(module);
    if (stampOf(module.file) !== module.stamp) return false;
    for (const imported of module.imports) if (this.#loaded.get(imported.file) !== imported || !this.#isFresh(imported, seen)) return false;
    return !this.#isCommonJs.has(module) || this.#edges.commonJs.isFresh(module.file);
  }

  readonly #isCommonJs = new WeakSet<FileModule>();

  #start(file: string, kind: ResolvedFile['kind']): FileModule {
    let run: (namespace: Namespace) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const namespace = new Promise<Namespace>((resolve, reject) => [run, fail] = [resolve, reject]); // prettier-ignore
    const module: FileModule = { file, stamp: stampOf(file), exports: createNamespace(), namespace, imports: new Set(), waitsFor: new Set(), isDone: false, types: undefined };
    this.#loaded.set(file, module);
    this.#run(module, kind).then(
      (value) => {
        module.isDone = true;
        run(value);
      },
      (error: unknown) => {
        if (this.#loaded.get(file) === module) this.#loaded.delete(file);
        fail(error);
      },
    );
    return module;
  }

  async #run(module: FileModule, kind: ResolvedFile['kind']): Promise<Namespace> {
    const { file } = module;
    const { commonJs } = this.#edges;
    if (kind === 'json') return jsonModule(file);
    if (kind === 'wasm') return wasmModule(file, (specifier) => this.#edges.import(specifier, module, undefined));
    if (kind === 'addon') return namespaceOf(createRequire(file)(file));
    const isScript = /\.[cm]?jsx?$/.test(file);
    // A package is loaded once, as all that import it expect.
    if (isScript && isInPackage(file)) return this.#edges.native(path.dirname(file), pathToFileURL(file).href);
    if (kind === 'commonJs' || isCommonJs(file)) {
      this.#isCommonJs.add(module);
      return namespaceOf(commonJs.load(file));
    }
    return this.#runSource(module);
  }

  async #runSource(module: FileModule): Promise<Namespace> {
    const { file, exports } = module;
    const { cell, source } = await this.#edges.compile(file);
    module.types = cell.typeExports === undefined ? undefined : new Set(cell.typeExports);
    this.#edges.sources.add(file, { label: file, text: source, map: cell.map });
    const run: unknown = scriptOf(cell, file).runInThisContext();
    if (typeof run !== 'function') throw new Error(`${file} did not compile to a module`);
    let common: { exports: unknown } | undefined;
    const frame = {
      exports,
      meta: this.#edges.meta(file),
      import: (specifier: string, attributes?: Attributes | null, needs: readonly string[] = [], others: readonly string[] = []) =>
        this.#edges.import(specifier, module, attributes ?? undefined, { needs, others }),
      require: (specifier: string) => this.#edges.importEquals(specifier, module),
      commonJs: () => {
        const require = this.#edges.require(file);
        common = { exports: {} };
        return { require, module: common, exports: common.exports, __filename: file, __dirname: path.dirname(file) };
      },
    };
    await Reflect.apply(run, undefined, [frame]);
    // A file that exports in CommonJS's way and in no other.
    const whole = commonExports(common);
    return whole !== undefined && Object.keys(exports).length === 0 ? namespaceOf(whole) : exports;
  }
}

/** What V8 finds and the compiler's parser lets pass, such as a name declared twice, is placed in the file too. */
function scriptOf({ code, map }: CompiledCell, file: string): vm.Script {
  try {
    return new vm.Script(code, { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  } catch (error) {
    const found = scriptSyntaxError(error, file, map);
    throw found === undefined ? error : new SyntaxError(`${found.message} (${path.basename(file)}, line ${found.line}, column ${found.column})`);
  }
}

function commonExports(common: { readonly exports: unknown } | undefined): unknown {
  const exported = common?.exports;
  const isUntouched = typeof exported === 'object' && exported !== null && Object.keys(exported).length === 0 && Object.getPrototypeOf(exported) === Object.prototype;
  return isUntouched ? undefined : exported;
}

/** Whether a module waits for another one, itself or through others. */
function reaches(from: FileModule, to: FileModule): boolean {
  for (const next of from.waitsFor) if (next === to || reaches(next, to)) return true;
  return false;
}
