/** The session's variables: properties of the global object, so that compiled code finds them as plain names. */

/** What a property was, or undefined if it was not there. */
export type Saved = PropertyDescriptor | undefined;

export class Globals {
  readonly #object: object;
  // One descriptor for all writes: declaring is then one call and no garbage.
  readonly #descriptor: PropertyDescriptor = { value: undefined, writable: true, enumerable: true, configurable: true };

  /** Getters of ours by their name, which read an export of a module and run nothing of the user's. */
  readonly #live = new Map<string, () => unknown>();

  constructor(object: object) {
    this.#object = object;
  }

  /** Replaces whatever was there. An assignment to a sealed one is a TypeError, as to a `const`. */
  define(name: string, value: unknown, isSealed: boolean): void {
    this.#descriptor.value = value;
    this.#descriptor.writable = !isSealed;
    try {
      Object.defineProperty(this.#object, name, this.#descriptor);
    } finally {
      this.#descriptor.value = undefined;
    }
  }

  /** @param get reads a variable and does nothing else */
  defineGetter(name: string, get: () => unknown): void {
    this.#live.set(name, get);
    Object.defineProperty(this.#object, name, { get, enumerable: true, configurable: true });
  }

  /** `let`, `const` and `class` before their declaration; `shownName` is the one in the cell. */
  defineDead(name: string, shownName: string): void {
    const refuse = (): never => {
      throw new ReferenceError(`Cannot access '${shownName}' before initialization`);
    };
    Object.defineProperty(this.#object, name, { get: refuse, set: refuse, enumerable: true, configurable: true });
  }

  /** The value; undefined where only a getter that is not ours could tell, and for a variable that has none yet. */
  look(name: string): unknown {
    const found = this.save(name);
    const live = this.#live.get(name);
    if (live === undefined || found?.get !== live) return found?.value;
    try {
      return live();
    } catch {
      return undefined;
    }
  }

  save(name: string): Saved {
    return Object.getOwnPropertyDescriptor(this.#object, name);
  }

  restore(name: string, saved: Saved): void {
    if (saved === undefined) Reflect.deleteProperty(this.#object, name);
    else Object.defineProperty(this.#object, name, saved);
  }
}
