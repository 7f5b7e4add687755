/**
 * What `import` in a cell, and in a file that a cell imports, gives.
 *
 * `patchbay` and every `@tensorflow/tfjs*` are the one runtime of this process, `tslab` is our own small module; files of the
 * user are compiled by the control thread and run here; everything else is Node's own import, from the importing file's folder.
 */
import path from 'node:path';
import type { ImportRequest } from '../../compile/index.js';
import type { PathMapping } from '../../protocol/threads.js';
import { CommonJs } from './common-js.js';
import { withNames, type WantedNames } from './exported-names.js';
import { FileModules, type Attributes, type FileModule, type FileModuleEdges } from './file-modules.js';
import { createImportMeta, prepareImportMeta } from './import-meta.js';
import type { Namespace } from './namespace.js';
import { nativeImportFrom, type NativeImport } from './native-import.js';
import { mappedFile } from './path-mapping.js';
import { PATCHBAY_TYPES } from './patchbay-types.js';
import { requireFrom } from './require.js';
import { isFileSpecifier, resolveFile, type ResolvedFile } from './resolve-file.js';
import { explained, refuseAttributes } from './import-errors.js';

export interface LoaderEdges extends Pick<FileModuleEdges, 'sources' | 'compile'> {
  /** The module `patchbay`, ready to use. */
  runtime(): Promise<Namespace>;
  /** The same once it was loaded. */
  loadedRuntime(): Namespace | undefined;
  /** The module `tslab`. */
  tslab(): Namespace;
}

export const isTfjs = (specifier: string): boolean => /^@tensorflow\/tfjs(-core|-layers|-data|-converter|-node|-node-gpu|-backend-(cpu|wasm|webgl))?$/.test(specifier);

export class ModuleLoader {
  readonly #edges: LoaderEdges;
  readonly #commonJs = new CommonJs();
  readonly #files: FileModules;
  readonly #natives = new Map<string, NativeImport>();
  #tfjs: Namespace | undefined;
  #mapping: PathMapping | undefined;

  constructor(edges: LoaderEdges) {
    this.#edges = edges;
    this.#files = new FileModules({
      sources: edges.sources,
      commonJs: this.#commonJs,
      compile: edges.compile,
      import: (specifier, importer, attributes, wanted) => this.#import(specifier, importer.file, attributes, wanted, importer),
      importEquals: (specifier, importer) => this.#importEquals(specifier, importer.file, importer),
      native: (folder, specifier) => this.#native(folder)(specifier),
      require: (file) => this.require(file),
      meta: (file) => this.meta(file),
    });
  }

  /**
   * @param from the file that imports
   * @throws what Node's import throws; a file or package that is not found is named with what was tried and what to do
   */
  import(specifier: string, from: string, attributes?: Attributes, request?: ImportRequest): Promise<Namespace> {
    return this.#import(specifier, from, attributes, request === undefined ? undefined : wantedBy(request));
  }

  /** What `import x = require('y')` gives: `module.exports`, or the namespace of an ECMAScript module. */
  importEquals(specifier: string, from: string): Promise<unknown> {
    return this.#importEquals(specifier, from);
  }

  /** `require` of code in a file. */
  require(file: string): NodeJS.Require {
    return requireFrom(file, this.#commonJs, (specifier) => this.#ownModule(specifier));
  }

  /** `import.meta` of code in a file. */
  meta(file: string): ImportMeta {
    return createImportMeta(file, (specifier) => this.#mapped(specifier)?.path);
  }

  prepareMeta(): Promise<void> {
    return prepareImportMeta();
  }

  /** The `tsconfig.json` has changed: so has what is compiled with it. */
  setMapping(mapping: PathMapping | undefined): void {
    this.#mapping = mapping;
    this.#files.dropAll();
  }

  /** Forgets modules that were loading when their cell was interrupted: the next import starts anew. */
  dropUnfinished(): void {
    this.#files.dropUnfinished();
  }

  async #import(specifier: string, from: string, attributes?: Attributes, wanted?: WantedNames, importer?: FileModule): Promise<Namespace> {
    const names = wanted ?? { needs: [], others: [] };
    if (specifier === 'patchbay') return withNames(await this.#edges.runtime(), specifier, names, PATCHBAY_TYPES);
    if (isTfjs(specifier)) return withNames((this.#tfjs ??= tfjsNamespace(await this.#edges.runtime())), specifier, names);
    if (specifier === 'tslab') return withNames(this.#edges.tslab(), specifier, names);
    const folder = path.dirname(from);
    const file = isFileSpecifier(specifier) ? resolveFile(specifier, folder) : this.#mapped(specifier);
    if (file !== undefined) {
      refuseAttributes(attributes, file);
      const { namespace, isComplete, types } = await this.#files.import(file, importer);
      return isComplete ? withNames(namespace, specifier, names, types) : namespace;
    }
    try {
      const namespace = await this.#native(folder)(specifier, attributes === undefined ? undefined : { with: attributes });
      return withNames(namespace, specifier, names);
    } catch (error) {
      throw explained(error, specifier, folder);
    }
  }

  async #importEquals(specifier: string, from: string, importer?: FileModule): Promise<unknown> {
    const isOurs = isFileSpecifier(specifier) || specifier === 'patchbay' || specifier === 'tslab' || isTfjs(specifier) || this.#mapped(specifier) !== undefined;
    if (!isOurs) {
      try {
        return this.require(from)(specifier);
      } catch (error) {
        throw explained(error, specifier, path.dirname(from));
      }
    }
    const namespace = await this.#import(specifier, from, undefined, undefined, importer);
    return 'module.exports' in namespace ? namespace['module.exports'] : namespace;
  }

  /** A module of this process, for `require`. */
  #ownModule(specifier: string): Namespace | undefined {
    if (specifier === 'tslab') return this.#edges.tslab();
    if (specifier !== 'patchbay' && !isTfjs(specifier)) return undefined;
    const runtime = this.#edges.loadedRuntime();
    // It chooses and starts a backend, which takes a promise.
    if (runtime === undefined) throw new Error(`require('${specifier}') cannot wait until TensorFlow.js is ready: write import … from '${specifier}'`);
    return specifier === 'patchbay' ? runtime : (this.#tfjs ??= tfjsNamespace(runtime));
  }

  #mapped(specifier: string): ResolvedFile | undefined {
    return specifier.includes(':') ? undefined : mappedFile(specifier, this.#mapping);
  }

  #native(folder: string): NativeImport {
    let native = this.#natives.get(folder);
    if (native === undefined) this.#natives.set(folder, (native = nativeImportFrom(folder)));
    return native;
  }
}

function wantedBy({ bindings, needs }: ImportRequest): WantedNames {
  return { needs, others: bindings.map(({ imported }) => imported).filter((name) => name !== '*' && name !== '=' && !needs.includes(name)) };
}

function tfjsNamespace(runtime: Namespace): Namespace {
  const tf = runtime['tf'];
  if (typeof tf !== 'object' || tf === null) throw new Error('the module patchbay has no tf');
  return 'default' in tf ? { ...tf } : { ...tf, default: tf };
}
