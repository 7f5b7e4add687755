/**
 * Runs cells on the main thread, one at a time, and settles each exactly once: with its value, its error, or because
 * the user interrupted it. After a terminate nothing of the cell runs on, not even a `finally` here: `interrupt` comes
 * in with a message of its own and settles what was left.
 */
import vm from 'node:vm';
import type { CompiledCell } from '../compile/index.js';
import { scriptSyntaxError } from '../compile/syntax-error.js';
import type { ExecutionId, Outcome, Result, ToMain } from '../protocol/threads.js';
import type { Causes } from './causes.js';
import { errorContent } from './errors/error-content.js';
import type { Sources } from './errors/sources.js';
import { INTERRUPTED, Interrupted } from './interrupted.js';
import type { ModuleLoader } from './modules/loader.js';
import { placed } from './modules/place-of-import.js';
import type { Outbox } from './outbox.js';
import type { Inputs } from './stdin/inputs.js';
import type { CellFrame, SessionScope } from './scope/index.js';

export type Execute = Extract<ToMain<CompiledCell>, { type: 'execute' }>;

export interface RunnerEdges {
  readonly scope: SessionScope;
  readonly causes: Causes;
  readonly sources: Sources;
  readonly inputs: Inputs;
  readonly loader: ModuleLoader;
  readonly outbox: Outbox;
  readonly notebookFile: string;
  readonly notebookFolder: string;
  readonly display: (value: unknown) => Promise<Result>;
  /** @throws Interrupted when the user has asked that the running cell end */
  readonly checkpoint: () => void;
  /** Cleans up behind code that does not run on. */
  readonly forced: () => void;
}

interface Running {
  readonly execution: ExecutionId;
  readonly frame: CellFrame;
}

export class Runner {
  readonly #edges: RunnerEdges;
  readonly #cellTexts = new Map<string, string>();
  #running: Running | undefined;

  constructor(edges: RunnerEdges) {
    this.#edges = edges;
  }

  get cellTexts(): ReadonlyMap<string, string> {
    return this.#cellTexts;
  }

  execute(request: Execute): void {
    const { causes, inputs } = this.#edges;
    inputs.begin(request.execution, request.allowInput);
    causes.run(request.execution, () => void this.#execute(request));
  }

  interrupt(execution: ExecutionId): void {
    const running = this.#running;
    if (running?.execution !== execution) return;
    const { causes, loader, forced } = this.#edges;
    causes.interrupt(execution);
    loader.dropUnfinished();
    forced();
    running.frame.finish(new Interrupted());
    this.#settle(running, { status: 'error', error: INTERRUPTED });
  }

  async #execute(request: Execute): Promise<void> {
    const { scope } = this.#edges;
    const frame = scope.enter(request.cell);
    const running: Running = { execution: request.execution, frame };
    this.#running = running;
    let outcome: Outcome;
    try {
      await this.#runToEnd(frame, request.cell, request.source, request.label);
      outcome = await this.#succeed(frame.value, request);
    } catch (error) {
      try {
        await frame.finishAsync(error);
        outcome = { status: 'error', error: error instanceof Interrupted ? INTERRUPTED : errorContent(error, this.#cellTexts) };
      } catch (disposal) {
        outcome = { status: 'error', error: errorContent(disposal, this.#cellTexts) };
      }
    }
    if (this.#running === running) this.#settle(running, outcome);
  }

  /** The frame then holds the value. That of a cell without await is not awaited: it may have a `then`, as a Mask has. */
  async #runToEnd(frame: CellFrame, cell: CompiledCell, source: string, label: string): Promise<void> {
    const running = this.#run(frame, cell, source, label);
    if (cell.isAsync) await running;
    // `train` ends by itself and gives what it has; the cell ends there all the same.
    frame.checkpoint();
    await frame.finishAsync();
  }

  #run(frame: CellFrame, cell: CompiledCell, source: string, label: string): unknown {
    const { loader, sources, notebookFile } = this.#edges;
    const file = `patchbay:${label}`;
    sources.add(file, { label, text: source, map: cell.map });
    this.#cellTexts.set(label, source);
    frame.guard = (awaited) => this.#edges.causes.alive(awaited);
    frame.checkpoint = this.#edges.checkpoint;
    const inCell = <T>(importing: Promise<T>): Promise<T> => {
      const asked = new Error();
      return importing.catch((error: unknown) => {
        throw placed(error, asked, label);
      });
    };
    frame.loader = {
      import: (specifier, attributes, request) => inCell(loader.import(specifier, notebookFile, attributes, request)),
      require: (specifier) => inCell(loader.importEquals(specifier, notebookFile)),
      prepareMeta: () => loader.prepareMeta(),
      meta: loader.meta(notebookFile),
    };
    const run: unknown = this.#script(cell, file, label).runInThisContext();
    if (typeof run !== 'function') throw new Error('the cell did not compile to a function');
    return Reflect.apply(run, undefined, [frame]);
  }

  /** V8 finds errors that the compiler's parser lets pass; they are placed in the cell like all others. */
  #script(cell: CompiledCell, file: string, label: string): vm.Script {
    try {
      return new vm.Script(cell.code, { filename: file });
    } catch (error) {
      const found = scriptSyntaxError(error, file, cell.map);
      if (found === undefined || !(error instanceof SyntaxError)) throw error;
      error.stack = `SyntaxError: ${found.message}\n    at ${label}, line ${found.line}, column ${found.column}`;
      throw error;
    }
  }

  async #succeed(value: unknown, request: Execute): Promise<Outcome> {
    const userExpressions: Record<string, unknown> = {};
    for (const { name, source, cell } of request.userExpressions) userExpressions[name] = await this.#evaluate(cell, source, `Expression ${name}`);
    if (request.silent || value === undefined) return { status: 'ok', userExpressions };
    const result = await this.#edges.display(value);
    return Object.keys(result.data).length === 0 ? { status: 'ok', userExpressions } : { status: 'ok', result, userExpressions };
  }

  async #evaluate(cell: CompiledCell, source: string, label: string): Promise<object> {
    const frame = this.#edges.scope.enter(cell);
    try {
      await this.#runToEnd(frame, cell, source, label);
      return { status: 'ok', data: (await this.#edges.display(frame.value)).data, metadata: {} };
    } catch (error) {
      await frame.finishAsync(error);
      return { status: 'error', ...errorContent(error, this.#cellTexts) };
    }
  }

  #settle(running: Running, outcome: Outcome): void {
    const { outbox, scope, inputs } = this.#edges;
    this.#running = undefined;
    inputs.drop(running.execution);
    outbox.post({ type: 'names', mangled: [...scope.mangled] });
    outbox.post({ type: 'done', execution: running.execution, outcome });
  }
}
