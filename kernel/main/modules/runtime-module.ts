import { createRequire } from 'node:module';
import path from 'node:path';
import type { RuntimeHost } from '../../protocol/host.js';
import type { Namespace } from './namespace.js';

/** The module `patchbay`: loaded when a cell first imports it, since tfjs takes a moment. */
export class RuntimeModule {
  readonly #file: string;
  readonly #host: RuntimeHost;
  readonly #say: (line: string) => void;
  #isLoaded = false;
  #loading: Promise<Namespace> | undefined;
  #loaded: Namespace | undefined;

  /** `say` prints the choice of backend, once, below the cell that imports. */
  constructor(kernelFolder: string, host: RuntimeHost, say: (line: string) => void) {
    this.#file = path.join(kernelFolder, 'runtime.js');
    this.#host = host;
    this.#say = say;
  }

  /** The module, once it is ready. */
  get loaded(): Namespace | undefined {
    return this.#loaded;
  }

  load(): Promise<Namespace> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Namespace> {
    const load = createRequire(this.#file);
    // Half a module is left when a cell was interrupted while it loaded.
    if (!this.#isLoaded) Reflect.deleteProperty(load.cache, this.#file);
    const leave = this.#host.enterLoop(() => (this.#loading = undefined));
    const namespace = await this.#loadWhole(load).finally(leave);
    const sentence = namespace['backendSentence'];
    if (typeof sentence === 'function') this.#say(`${String(Reflect.apply(sentence, undefined, []))}\n`);
    this.#loaded = namespace;
    return namespace;
  }

  async #loadWhole(load: NodeJS.Require): Promise<Namespace> {
    const loaded: unknown = load(this.#file);
    this.#isLoaded = true;
    if (typeof loaded !== 'object' || loaded === null) throw new Error(`${this.#file} is no module`);
    const namespace: Namespace = { ...loaded };
    await namespace['ready'];
    return namespace;
  }
}
