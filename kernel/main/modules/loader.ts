/**
 * What `import` in a cell, and in a `.ts` file that a cell imports, gives.
 *
 * `patchbay` and every `@tensorflow/tfjs*` are the one runtime of this process; relative `.ts` files are compiled by the
 * control thread and run here; everything else is Node's own import, from the importing file's folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { pathToFileURL } from 'node:url';
import type { CompiledCell } from '../../compile/index.js';
import type { CompiledModule } from '../../protocol/threads.js';
import type { Sources } from '../errors/sources.js';
import { nativeImportFrom, type NativeImport } from './native-import.js';
import { isFileSpecifier, resolveFile } from './resolve-file.js';

export type Namespace = Record<string, unknown>;

export interface LoaderEdges {
  readonly sources: Sources;
  /** The module `patchbay`, ready to use. */
  runtime(): Promise<Namespace>;
  compile(file: string): Promise<CompiledModule<CompiledCell>>;
}

const TFJS = /^@tensorflow\/tfjs(-core|-layers|-data|-converter|-node|-node-gpu|-backend-(cpu|wasm|webgl))?$/;

interface Loaded {
  readonly modified: number;
  readonly namespace: Promise<Namespace>;
  /** What a module that imports this one in a circle sees before it has run. */
  readonly exports: Namespace;
  done: boolean;
}

export class ModuleLoader {
  readonly #edges: LoaderEdges;
  readonly #loaded = new Map<string, Loaded>();
  readonly #natives = new Map<string, NativeImport>();
  #tfjs: Namespace | undefined;

  constructor(edges: LoaderEdges) {
    this.#edges = edges;
  }

  /** @throws what Node's import throws; a file that is not found is named with what was tried */
  async import(specifier: string, folder: string, attributes?: Readonly<Record<string, string>>): Promise<Namespace> {
    if (specifier === 'patchbay') return this.#edges.runtime();
    if (TFJS.test(specifier)) return (this.#tfjs ??= tfjsNamespace(await this.#edges.runtime()));
    if (isFileSpecifier(specifier)) return this.#importFile(specifier, folder);
    try {
      return await this.#native(folder)(specifier, attributes === undefined ? undefined : { with: attributes });
    } catch (error) {
      throw explained(error, specifier, folder);
    }
  }

  /** Forgets modules that were loading when their cell was interrupted: the next import starts anew. */
  dropUnfinished(): void {
    for (const [file, { done }] of this.#loaded) if (!done) this.#loaded.delete(file);
  }

  async #importFile(specifier: string, folder: string): Promise<Namespace> {
    const file = resolveFile(specifier, folder);
    if (file.kind === 'json') return jsonModule(file.path);
    if (file.kind === 'node') return this.#native(folder)(pathToFileURL(file.path).href);
    return this.#importTypeScript(file.path);
  }

  #importTypeScript(file: string): Promise<Namespace> {
    const modified = fs.statSync(file).mtimeMs;
    const known = this.#loaded.get(file);
    // Waiting for a module that is still loading could be waiting for ourselves.
    if (known?.modified === modified) return known.done ? known.namespace : Promise.resolve(known.exports);
    const exports: Namespace = {};
    Object.setPrototypeOf(exports, null);
    const loaded: Loaded = { modified, exports, done: false, namespace: this.#run(file, exports).then(() => exports) };
    this.#loaded.set(file, loaded);
    loaded.namespace.then(
      () => (loaded.done = true),
      () => this.#loaded.delete(file),
    );
    return loaded.namespace;
  }

  async #run(file: string, exports: Namespace): Promise<void> {
    const { cell, source } = await this.#edges.compile(file);
    this.#edges.sources.add(file, { label: file, text: source, map: cell.map });
    const folder = path.dirname(file);
    const script = new vm.Script(cell.code, { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    const run: unknown = script.runInThisContext();
    if (typeof run !== 'function') throw new Error(`${file} did not compile to a module`);
    const module = {
      import: (specifier: string, attributes?: Readonly<Record<string, string>>) => this.import(specifier, folder, attributes),
      meta: importMeta(file),
      exports,
    };
    await Reflect.apply(run, undefined, [module]);
  }

  #native(folder: string): NativeImport {
    let native = this.#natives.get(folder);
    if (native === undefined) this.#natives.set(folder, (native = nativeImportFrom(folder)));
    return native;
  }
}

/** `import.meta` of code in a file. */
export function importMeta(file: string): ImportMeta {
  // SAFETY: the fields of import.meta that Node documents and that make sense here.
  return { url: pathToFileURL(file).href, filename: file, dirname: path.dirname(file) } as ImportMeta;
}

function jsonModule(file: string): Namespace {
  const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return { ...fields, default: value };
}

function tfjsNamespace(runtime: Namespace): Namespace {
  const tf = runtime['tf'];
  if (typeof tf !== 'object' || tf === null) throw new Error('the module patchbay has no tf');
  return 'default' in tf ? { ...tf } : { ...tf, default: tf };
}

/** A package that is not there: which one, where it was looked for, and what to do. */
function explained(error: unknown, specifier: string, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes(`'${specifier.split('/')[0] ?? ''}`)) return error;
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? specifier);
  const message = `Cannot find package '${name}' from the folder ${folder}. Is the name right? Install it there with: npm install ${name}`;
  const found = new Error(message);
  // Not enumerable: the message says it in words.
  return Object.defineProperty(found, 'code', { value: error.code });
}
