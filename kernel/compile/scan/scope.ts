/** One scope of the source: which names it binds. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly kind: 'top' | 'function' | 'block' | 'catch';
  #names: Set<string> | undefined;

  constructor(kind: Scope['kind'], parent?: Scope) {
    this.kind = kind;
    this.parent = parent;
  }

  add(name: string): void {
    (this.#names ??= new Set()).add(name);
  }

  has(name: string): boolean {
    return this.#names?.has(name) === true;
  }
}

/** True when no scope inside the top one binds the name: it is a variable of the session, or of the module. */
export function reachesTop(name: string, from: Scope): boolean {
  for (let scope: Scope | undefined = from; scope !== undefined && scope.kind !== 'top'; scope = scope.parent) {
    if (scope.has(name)) return false;
  }
  return true;
}
