import { __addDisposableResource as add, __disposeResources as dispose } from 'tslib/tslib.es6.mjs';

type Environment = Parameters<typeof add>[0];

/** The `using` declarations of one cell: disposed in reverse order when it ends. tslib has the semantics of the proposal. */
export class DisposalStack {
  #environment: Environment | undefined;

  /** @throws TypeError when the value has no dispose method */
  add<T>(value: T, isAsync: boolean): T {
    this.#environment ??= { stack: [], error: undefined, hasError: false };
    // SAFETY: tslib's types ask for a disposable; the function itself checks and throws.
    return add(this.#environment, value as T & Disposable, isAsync);
  }

  /**
   * @param failure what the cell threw, if it threw
   * @throws what a dispose method threw: with a failure before it, a SuppressedError of both
   */
  dispose(failure: readonly [] | readonly [unknown]): void | Promise<void> {
    const environment = this.#environment;
    this.#environment = undefined;
    if (environment === undefined) return undefined;
    if (failure.length === 1) Object.assign(environment, { error: failure[0], hasError: true });
    const disposed: unknown = attempt(() => dispose(environment), failure);
    return disposed instanceof Promise ? disposed.then(undefined, (error: unknown) => rethrowOthers(error, failure)) : undefined;
  }
}

function attempt(action: () => unknown, failure: readonly [] | readonly [unknown]): unknown {
  try {
    return action();
  } catch (error) {
    return rethrowOthers(error, failure);
  }
}

/** tslib throws the cell's own failure again when disposal went well; whoever ends the cell knows that one already. */
function rethrowOthers(error: unknown, failure: readonly [] | readonly [unknown]): undefined {
  if (failure.length === 1 && error === failure[0]) return undefined;
  throw error;
}
