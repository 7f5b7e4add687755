import * as tslib from 'tslib/tslib.es6.mjs';
import type { CompiledCell, DeclarationKind, ImportBinding, ImportRequest } from '../../compile/cell.js';
import { DisposalStack } from './disposal.js';
import type { Globals, Saved } from './globals.js';
import { liveNames } from './live-names.js';
import { declaringTargets } from './targets.js';

export type Attributes = Readonly<Record<string, string>>;
type Namespace = Readonly<Record<string, unknown>>;

/** What a cell needs of the module system. */
export interface CellLoader {
  /** @param request the static import that asks, if one does */
  import(specifier: string, attributes?: Attributes, request?: ImportRequest): Promise<Namespace>;
  /** What `import x = require('y')` gives, or a promise of it; without it, the default export of `import`. */
  require?(specifier: string): unknown;
  /** Called before a cell that uses `import.meta`. */
  prepareMeta?(): Promise<void>;
  readonly meta: ImportMeta;
}

/** What a frame tells the session. */
export interface FrameEvents {
  declared(global: string, kind: DeclarationKind): void;
  failed(error: unknown): void;
}

/** What was thrown, if anything was: `undefined` can be thrown too. */
export type Failure = readonly [] | readonly [error: unknown];

/**
 * One run of a cell: what its compiled code calls, and how the run ends. Names are those of globals.
 *
 * A name that the cell declares keeps its old value until the declaration is reached, and for good if it never is.
 */
export class CellFrame {
  loader: CellLoader | undefined;
  /** Set by the runner: gives what is awaited back, or a promise that never settles once the cell was interrupted. */
  guard: (awaited: unknown) => unknown = (awaited) => awaited;
  /** Set by the runner: throws when the user wants the cell to end. Compiled code calls it between statements. */
  checkpoint: () => void = () => undefined;
  /** Whether the cell ended in an expression, and its value. A promise is not awaited. */
  hasValue = false;
  value: unknown;
  /** What code from TypeScript's transform calls. */
  readonly helpers: object = tslib;
  readonly consts = declaringTargets((name, value) => this.const(name, value));
  readonly lets = declaringTargets((name, value) => this.let(name, value));
  readonly vars = declaringTargets((name, value) => this.var(name, value));

  readonly #cell: CompiledCell;
  readonly #globals: Globals;
  readonly #session: FrameEvents;
  /** Names that are not what they were before the cell, though their declaration was not reached. */
  readonly #unreached = new Map<string, Saved>();
  readonly #disposal = new DisposalStack();
  #isOver = false;

  constructor(cell: CompiledCell, globals: Globals, session: FrameEvents) {
    this.#cell = cell;
    this.#globals = globals;
    this.#session = session;
  }

  // What compiled code calls.

  const(name: string, value: unknown): void {
    this.#declare(name, value, 'const');
  }

  let(name: string, value: unknown): void {
    this.#declare(name, value, 'let');
  }

  var(name: string, value: unknown): void {
    this.#declare(name, value, 'var');
  }

  class(name: string, value: unknown): void {
    this.#declare(name, value, 'class');
  }

  function(name: string, value: unknown): void {
    this.#declare(name, value, 'function');
  }

  using(name: string, value: unknown): void {
    this.const(name, this.#disposal.add(value, false));
  }

  awaitUsing(name: string, value: unknown): void {
    this.const(name, this.#disposal.add(value, true));
  }

  /** The cell may meet the name before it declares it: reading is a ReferenceError until then. */
  deadUntil(name: string, shownName: string): void {
    this.#unreached.set(name, this.#globals.save(name));
    this.#globals.defineDead(name, shownName);
  }

  /** The same for a `var`, which is undefined until then. */
  undefinedUntil(name: string): void {
    this.#unreached.set(name, this.#globals.save(name));
    this.#globals.define(name, undefined, false);
  }

  /** The value of the last expression. Returned too, unless that would make an async cell wait for it. */
  result(value: unknown): unknown {
    this.hasValue = true;
    this.value = value;
    return this.#cell.isAsync && isThenable(value) ? undefined : value;
  }

  /** Loads the module of one import and declares what it binds. */
  async load(index: number): Promise<void> {
    const { specifier, bindings } = this.#request(index);
    const loader = this.#needLoader();
    if (bindings.some(({ imported }) => imported === '=') && loader.require !== undefined) {
      const required = await loader.require(specifier);
      this.#stopIfOver();
      for (const { global } of bindings) this.#declare(global, required, 'import');
      return;
    }
    const namespace = await this.module(index);
    for (const binding of bindings) this.#bind(binding, namespace);
  }

  /** The module of one import, which declares nothing: that of a JSX runtime. */
  async module(index: number): Promise<Namespace> {
    const request = this.#request(index);
    const namespace = await this.#needLoader().import(request.specifier, request.attributes, request);
    this.#stopIfOver();
    return namespace;
  }

  /** `import(specifier, options)` */
  async import(specifier: unknown, options?: { readonly with?: Attributes }): Promise<Namespace> {
    return this.#needLoader().import(String(specifier), options?.with);
  }

  async prepareMeta(): Promise<void> {
    await this.#needLoader().prepareMeta?.();
  }

  get meta(): ImportMeta {
    return this.#needLoader().meta;
  }

  /** What a loop awaits. */
  alive(awaited: unknown): unknown {
    return this.guard(awaited);
  }

  /** What `for await` goes through. @throws TypeError when it cannot be iterated */
  aliveEach(iterable: unknown): AsyncIterable<unknown> {
    if (!isIterable(iterable)) throw new TypeError(`${iterable === null ? 'null' : typeof iterable} is not async iterable`);
    const items = (async function* () {
      yield* iterable;
    })();
    const next = (): Promise<IteratorResult<unknown>> => this.guard(items.next()) as Promise<IteratorResult<unknown>>; // SAFETY: a guard gives a promise for a promise
    return { [Symbol.asyncIterator]: () => ({ next, return: () => items.return(undefined) }) };
  }

  // What the runner calls.

  /**
   * Ends a cell without `await`: puts back names whose declarations were not reached and disposes what `using` declared.
   * A second call does nothing.
   *
   * @param failure what the cell threw, if it threw: `finish(error)`
   * @throws what a dispose method threw; after a failure, a SuppressedError of both
   */
  finish(...failure: Failure): void {
    const disposing = this.#end(failure);
    // Nobody waits for it here; a cell with `await using` is ended by finishAsync.
    if (disposing !== undefined) disposing.catch(() => undefined);
  }

  /** The same for any cell; waits for `await using`. */
  async finishAsync(...failure: Failure): Promise<void> {
    await this.#end(failure);
  }

  #end(failure: Failure): Promise<void> | undefined {
    if (this.#isOver) return undefined;
    this.#isOver = true;
    for (const [name, saved] of this.#unreached) this.#globals.restore(name, saved);
    this.#unreached.clear();
    if (failure.length === 1) this.#session.failed(failure[0]);
    return this.#disposal.dispose(failure) ?? undefined;
  }

  #declare(name: string, value: unknown, kind: DeclarationKind): void {
    this.#stopIfOver();
    this.#globals.define(name, value, kind === 'const' || kind === 'import');
    this.#unreached.delete(name);
    this.#session.declared(name, kind);
  }

  #request(index: number): ImportRequest {
    const request = this.#cell.imports[index];
    if (request === undefined) throw new RangeError(`the cell has no import number ${index}`);
    return request;
  }

  #bind({ imported, global }: ImportBinding, namespace: Namespace): void {
    if (imported === '*') return this.#declare(global, namespace, 'import');
    if (imported === '=') return this.#declare(global, namespace['module.exports'] ?? namespace['default'] ?? namespace, 'import');
    this.#declare(global, namespace[imported], 'import');
    // The module says that it assigns to this export: the cell sees each new value, as everywhere in JavaScript.
    if (liveNames(namespace).has(imported)) this.#globals.defineGetter(global, () => namespace[imported]);
  }

  /** A cell that was interrupted while it waited does not declare anything later. */
  #stopIfOver(): void {
    if (this.#isOver) throw new Error('This cell was interrupted, so the rest of it does not run.');
  }

  #needLoader(): CellLoader {
    if (this.loader === undefined) throw new Error('This cell cannot import: its frame has no loader.');
    return this.loader;
  }
}

function isThenable(value: unknown): boolean {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && 'then' in value;
}

function isIterable(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return value !== null && value !== undefined && (Symbol.asyncIterator in Object(value) || Symbol.iterator in Object(value));
}
