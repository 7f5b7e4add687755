/**
 * The declarations that come with the kernel, as scripts/types/pack.mjs packed them: a virtual file system in memory.
 */
import fs from 'node:fs';

export const BUNDLED = '/patchbay-types';

/** Modules that mean the same in every notebook, whatever its node_modules hold. */
const ENTRIES: Readonly<Record<string, string>> = {
  'patchbay': `${BUNDLED}/patchbay/runtime/index.d.ts`,
  'tslab': `${BUNDLED}/tslab/index.d.ts`,
  'undici-types': `${BUNDLED}/undici-types/index.d.ts`,
};

export class BundledTypes {
  readonly #files: Map<string, string | Buffer>;

  /** @param files virtual path -> text, or its bytes */
  constructor(files: Readonly<Record<string, string>> | ReadonlyMap<string, Buffer>) {
    this.#files = new Map<string, string | Buffer>(files instanceof Map ? files : Object.entries(files));
  }

  /** @throws Error when the packed file is missing, which is a fault of the build */
  static read(file: string): BundledTypes {
    return BundledTypes.unpack(fs.readFileSync(file));
  }

  static unpack(bytes: Buffer): BundledTypes {
    let start = bytes.indexOf('\n') + 1;
    const sizes: unknown = JSON.parse(bytes.toString('utf8', 0, start));
    const files = new Map<string, Buffer>();
    // SAFETY: scripts/types/pack.mjs writes an object of numbers.
    for (const [path, size] of Object.entries(sizes as Record<string, number>)) files.set(path, bytes.subarray(start, (start += size)));
    return new BundledTypes(files);
  }

  text(path: string): string | undefined {
    const found = this.#files.get(path);
    if (found === undefined || typeof found === 'string') return found;
    const text = found.toString('utf8');
    this.#files.set(path, text);
    return text;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  readonly libraryFolder = `${BUNDLED}/typescript/lib`;
  /** What the kernel defines on `globalThis`. */
  readonly sessionTypes = `${BUNDLED}/session/index.d.ts`;
  readonly nodeTypes = `${BUNDLED}/@types/node/index.d.ts`;

  /**
   * The declarations of a module that every notebook has; undefined for all others.
   *
   * All of tfjs's packages are one instance in a session, so `@tensorflow/tfjs-node` is `@tensorflow/tfjs`.
   */
  resolve(specifier: string): string | undefined {
    const entry = Object.hasOwn(ENTRIES, specifier) ? ENTRIES[specifier] : undefined;
    if (entry !== undefined) return entry;
    const onDemand = onDemandFile(specifier);
    if (this.#files.has(onDemand)) return onDemand;
    const tfjs = /^(@tensorflow\/tfjs[\w-]*)(\/.*)?$/.exec(specifier);
    const [, name, rest] = tfjs ?? [];
    if (name === undefined) return undefined;
    if (rest !== undefined) return this.#fileOf(`${BUNDLED}/${specifier}`);
    return this.#fileOf(`${BUNDLED}/${name}/dist/index`) ?? this.#fileOf(`${BUNDLED}/@tensorflow/tfjs/dist/index`);
  }

  /** What a bundled file means by a specifier. */
  resolveFrom(file: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return this.resolve(specifier);
    return this.#fileOf(new URL(specifier, `file://${file}`).pathname);
  }

  #fileOf(base: string): string | undefined {
    const bare = base.replace(/\.js$/, '');
    return [`${bare}.d.ts`, `${bare}/index.d.ts`, base].find((path) => this.#files.has(path));
  }
}

/** Where a module of Node lies that is only read when somebody imports it. `test` and `sea` have no name without `node:`. */
function onDemandFile(specifier: string): string {
  const [, prefix, name = ''] = /^(node:)?([\w]+)(?:\/|$)/.exec(specifier) ?? [];
  return prefix === undefined && (name === 'test' || name === 'sea') ? '' : `${ON_DEMAND}${name}.d.ts`;
}

const ON_DEMAND = `${BUNDLED}/node-on-demand/`;
export const isOnDemand = (path: string): boolean => path.startsWith(ON_DEMAND);
export const isBundled = (path: string): boolean => path.startsWith(`${BUNDLED}/`);
