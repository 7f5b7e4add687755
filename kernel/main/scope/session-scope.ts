import type { CompiledCell, DeclarationKind } from '../../compile/cell.js';
import { mangle } from '../../compile/names.js';
import { CellFrame } from './cell-frame.js';
import { explainConstAssignment } from './const-assignment.js';
import { Globals } from './globals.js';
import { reservedNames } from './reserved.js';

export interface SessionVariable {
  readonly name: string;
  readonly kind: DeclarationKind;
}

/** The variables of a session: what cells declared, in the order of their first declaration. */
export class SessionScope {
  /** Names that cells get under another global; the compiler needs them. */
  readonly reserved: ReadonlySet<string>;
  readonly #globals: Globals;
  readonly #kinds = new Map<string, DeclarationKind>();
  readonly #mangled = new Set<string>();
  /** Globals that some cell assigns to. */
  readonly #assigned = new Set<string>();

  constructor(globalObject: object = globalThis) {
    this.reserved = reservedNames(globalObject);
    this.#globals = new Globals(globalObject);
  }

  /** Reserved names that cells have declared; the compiler needs them. */
  get mangled(): ReadonlySet<string> {
    return this.#mangled;
  }

  names(): SessionVariable[] {
    return [...this.#kinds].map(([name, kind]) => ({ name, kind })).filter(({ name }) => this.#globals.save(this.#globalOf(name)) !== undefined);
  }

  /** The value of a variable; undefined when there is none. Runs no getter of the user's. */
  get(name: string): unknown {
    return this.#globals.look(this.#globalOf(name));
  }

  /** The frame for one run of a cell: the compiled function takes it as its argument. */
  enter(cell: CompiledCell): CellFrame {
    for (const global of cell.assigns) this.#assigned.add(global);
    const shown = new Map(cell.declares.map(({ name, global }) => [global, name]));
    return new CellFrame(cell, this.#globals, {
      declared: (global, kind) => {
        const name = shown.get(global) ?? global;
        this.#kinds.set(name, kind);
        if (name !== global) this.#mangled.add(name);
      },
      failed: (error) => explainConstAssignment(error, (global) => this.#constantOf(global)),
    });
  }

  #constantOf(global: string): string | undefined {
    // A frozen object with a property of that name throws the same sentence.
    if (!this.#assigned.has(global)) return undefined;
    for (const [name, kind] of this.#kinds) if ((kind === 'const' || kind === 'import') && this.#globalOf(name) === global) return name;
    return undefined;
  }

  #globalOf(name: string): string {
    return this.#mangled.has(name) ? mangle(name) : name;
  }
}
