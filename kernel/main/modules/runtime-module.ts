import { createRequire } from 'node:module';
import path from 'node:path';
import type { Namespace } from './loader.js';

/** The module `patchbay`: loaded when a cell first imports it, since tfjs takes a moment. */
export class RuntimeModule {
  readonly #file: string;
  readonly #say: (line: string) => void;
  #loading: Promise<Namespace> | undefined;

  /** `say` prints the choice of backend, once, below the cell that imports. */
  constructor(kernelFolder: string, say: (line: string) => void) {
    this.#file = path.join(kernelFolder, 'runtime.js');
    this.#say = say;
  }

  load(): Promise<Namespace> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Namespace> {
    const loaded: unknown = createRequire(this.#file)(this.#file);
    if (typeof loaded !== 'object' || loaded === null) throw new Error(`${this.#file} is no module`);
    const namespace: Namespace = { ...loaded };
    await namespace['ready'];
    const sentence = namespace['backendSentence'];
    if (typeof sentence === 'function') this.#say(`${String(Reflect.apply(sentence, undefined, []))}\n`);
    return namespace;
  }
}
