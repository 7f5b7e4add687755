import { createRequire } from 'node:module';
import path from 'node:path';
import { stampOf } from './stamp.js';

/**
 * CommonJS modules of the user's own folders, by Node's `require`. One that changed, or that requires one that changed, is
 * taken out of Node's cache before it is asked for. What lies in `node_modules` stays as it was loaded.
 */
export class CommonJs {
  readonly #cache: NodeJS.Dict<NodeJS.Module>;
  readonly #stamps = new Map<string, string>();

  constructor() {
    this.#cache = createRequire(__filename).cache;
  }

  /** @throws what the module throws */
  load(file: string): unknown {
    this.#forget(file);
    try {
      return createRequire(file)(file);
    } finally {
      for (const loaded of this.#graph(file)) this.#stamps.set(loaded, stampOf(loaded));
    }
  }

  /** True when neither the file nor one that it requires changed since it was loaded. */
  isFresh(file: string): boolean {
    return this.#cache[file] !== undefined && [...this.#graph(file)].every((loaded) => this.#stamps.get(loaded) === stampOf(loaded));
  }

  #forget(file: string): void {
    const graph = [...this.#graph(file)];
    const stale = new Set(graph.filter((loaded) => this.#stamps.has(loaded) && this.#stamps.get(loaded) !== stampOf(loaded)));
    for (let size = 0; size < stale.size; ) {
      size = stale.size;
      for (const loaded of graph) if (this.#children(loaded).some((child) => stale.has(child))) stale.add(loaded);
    }
    for (const loaded of stale) Reflect.deleteProperty(this.#cache, loaded);
  }

  /** The file and all that it requires, as far as they are loaded. */
  #graph(file: string, found = new Set<string>()): Set<string> {
    if (found.has(file)) return found;
    found.add(file);
    for (const child of this.#children(file)) this.#graph(child, found);
    return found;
  }

  #children(file: string): string[] {
    return (this.#cache[file]?.children ?? []).map(({ filename }) => filename).filter((name) => !isInPackage(name));
  }
}

/** Below a `node_modules`. */
export const isInPackage = (file: string): boolean => file.split(path.sep).includes('node_modules');
