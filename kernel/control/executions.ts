/**
 * The queue of executions: one runs, the others wait; an interrupt or an error aborts what waits.
 *
 * Decides what is published and posted; the edges (compiler, main thread, publisher) are handed in.
 */
import type { CompileResult, CompiledCell } from '../compile/index.js';
import type { ErrorContent, ExecuteReply, ExecuteRequest, Header, Message, Output } from '../protocol/messages.js';
import type { ExecutionId, Outcome, ToMain } from '../protocol/threads.js';
import { syntaxErrorContent } from './syntax-error.js';

export interface ExecutionEdges {
  /** Asked before a cell is compiled: undefined when it may run, else a promise of the error of one that may not. */
  admit?(request: ExecuteRequest, parent: Header, label: string): Promise<ErrorContent | undefined> | undefined;
  compile(source: string): CompileResult;
  toMain(message: ToMain<CompiledCell>): void;
  publish(type: string, content: object, parent: Header, picture?: string): void;
  reply(content: ExecuteReply, parent: Header): void;
  /** Calls when everything has arrived that clients sent before they could hear of what comes next. */
  readonly afterArrivals?: (then: () => void) => void;
}

interface Queued {
  readonly header: Header;
  readonly request: ExecuteRequest;
}

interface Running extends Queued {
  readonly execution: ExecutionId;
  readonly executionCount: number;
  /** What traces call it: `Cell 3`. A number names one cell only, so what is not counted has another name. */
  readonly label: string;
  readonly since: number;
  /** User expressions that do not compile, with their errors. */
  readonly unreadable: Record<string, object>;
}

interface Parent {
  readonly header: Header;
  /** Nothing of a silent execution is published but its status (messaging protocol 5.4). */
  readonly silent: boolean;
}

/** Parents of ended executions are kept for output that comes late: this many. */
const REMEMBERED_PARENTS = 10_000;

export class Executions {
  readonly #edges: ExecutionEdges;
  readonly #parents = new Map<ExecutionId, Parent>();
  #queue: Queued[] = [];
  #running: Running | undefined;
  /** The one that runs has ended with an error that is not said yet. */
  #failing: Running | undefined;
  /** The running one, while it is not yet clear that it may run. */
  #admitting: Running | undefined;
  #lastExecution = 0;
  #executionCount = 0;
  #isOver = false;

  constructor(edges: ExecutionEdges) {
    this.#edges = edges;
  }

  get running(): ExecutionId | undefined {
    return this.#running?.execution;
  }

  /** When the running execution started, in milliseconds of `Date.now()`. */
  get runningSince(): number {
    return this.#running?.since ?? Date.now();
  }

  enqueue(message: Message<ExecuteRequest>): void {
    this.#queue.push({ header: message.header, request: message.content });
    this.#next();
  }

  /** Answers everything that waits with `aborted`. */
  abortQueued(): void {
    const aborted = this.#queue;
    this.#queue = [];
    for (const { header } of aborted) {
      this.#edges.publish('status', { execution_state: 'busy' }, header);
      this.#edges.reply({ status: 'aborted', execution_count: this.#executionCount }, header);
      this.#edges.publish('status', { execution_state: 'idle' }, header);
    }
  }

  /** Output of a cell, also of one that is over. Without a known cause it goes to the newest cell. */
  output(execution: ExecutionId, output: Output, picture?: string): void {
    const parent = this.#parentOf(execution);
    if (parent?.silent === false) this.#edges.publish(output.msg_type, output.content, parent.header, picture);
  }

  parentOf(execution: ExecutionId): Header | undefined {
    return this.#parentOf(execution)?.header;
  }

  /** A cell called `process.exit`: what runs and what waits is answered, and nothing starts any more. */
  exit(execution: ExecutionId, code: number): void {
    this.#isOver = true;
    const running = this.#running;
    if (running?.execution === execution && code === 0) this.settle(execution, { status: 'ok', userExpressions: {} });
    else if (running !== undefined) this.#fail(running, exitContent(code, running.execution === execution));
    this.abortQueued();
  }

  settle(execution: ExecutionId, outcome: Outcome): void {
    const running = this.#running;
    if (running?.execution !== execution || running === this.#failing) return;
    if (outcome.status === 'error') {
      this.#fail(running, outcome.error);
      return;
    }
    const { result, userExpressions } = outcome;
    if (result !== undefined) this.#edges.publish('execute_result', { execution_count: running.executionCount, data: result.data, metadata: {} }, running.header, result.picture);
    this.#end(running, { status: 'ok', execution_count: running.executionCount, user_expressions: { ...userExpressions, ...running.unreadable }, payload: [] });
  }

  #next(): void {
    if (this.#running !== undefined || this.#isOver) return;
    const queued = this.#queue.shift();
    if (queued === undefined) return;
    const { header, request } = queued;
    const isCounted = request.store_history && !request.silent;
    if (isCounted) this.#executionCount++;
    const execution = ++this.#lastExecution;
    const label = isCounted ? `Cell ${this.#executionCount}` : `Uncounted cell ${execution}`;
    const running: Running = { ...queued, execution, executionCount: this.#executionCount, label, since: Date.now(), unreadable: {} };
    this.#running = running;
    this.#remember(running);
    this.#edges.publish('status', { execution_state: 'busy' }, header);
    if (!request.silent) this.#edges.publish('execute_input', { code: request.code, execution_count: running.executionCount }, header);
    const admission = this.#edges.admit?.(request, header, label);
    if (admission === undefined) this.#start(running);
    else this.#await(running, admission);
  }

  #await(running: Running, admission: Promise<ErrorContent | undefined>): void {
    this.#admitting = running;
    void admission.then((refusal) => {
      if (this.#admitting !== running) return;
      this.#admitting = undefined;
      if (refusal === undefined) this.#start(running);
      else this.#fail(running, refusal);
    });
  }

  /** Ends a cell that waits to be admitted; false when none does. */
  interruptAdmission(): boolean {
    const running = this.#admitting;
    if (running === undefined) return false;
    this.#admitting = undefined;
    this.#fail(running, { ename: 'Interrupted', evalue: 'The cell was interrupted before it ran', traceback: ['Interrupted: The cell was interrupted before it ran'] });
    return true;
  }

  #start(running: Running): void {
    const { request, execution, label } = running;
    const compiled = this.#edges.compile(request.code);
    if (!compiled.ok) {
      this.#fail(running, syntaxErrorContent(compiled.error, request.code, label));
      return;
    }
    const userExpressions = Object.entries(request.user_expressions).flatMap(([name, source]) => {
      const expression = this.#edges.compile(`(${source}\n)`);
      if (expression.ok) return [{ name, source, cell: expression.cell }];
      running.unreadable[name] = { status: 'error', ...syntaxErrorContent(expression.error, source, `Expression ${name}`) };
      return [];
    });
    this.#edges.toMain({
      type: 'execute',
      execution,
      label,
      source: request.code,
      cell: compiled.cell,
      userExpressions,
      allowInput: request.allow_stdin,
      silent: request.silent,
    });
  }

  /** An error that ends the queue is said a moment later: what was sent together with its cell is queued by then, and ends too. */
  #fail(running: Running, error: ErrorContent): void {
    const end = (): void => {
      if (this.#running !== running) return;
      if (!running.request.silent) this.#edges.publish('error', error, running.header);
      this.#end(running, { status: 'error', execution_count: running.executionCount, ...error });
    };
    const { afterArrivals } = this.#edges;
    if (afterArrivals === undefined || this.#isOver || !running.request.stop_on_error) end();
    else {
      this.#failing = running;
      afterArrivals(end);
    }
  }

  #end(running: Running, reply: ExecuteReply): void {
    this.#edges.reply(reply, running.header);
    this.#edges.publish('status', { execution_state: 'idle' }, running.header);
    this.#running = undefined;
    if (reply.status === 'error' && running.request.stop_on_error) this.abortQueued();
    this.#next();
  }

  #parentOf(execution: ExecutionId): Parent | undefined {
    return this.#parents.get(execution) ?? this.#parents.get(this.#lastExecution);
  }

  #remember(running: Running): void {
    this.#parents.set(running.execution, { header: running.header, silent: running.request.silent });
    const oldest = this.#parents.keys().next().value;
    if (this.#parents.size > REMEMBERED_PARENTS && oldest !== undefined) this.#parents.delete(oldest);
  }
}

function exitContent(code: number, isOwn: boolean): ErrorContent {
  const evalue = `${isOwn ? 'The cell' : 'What an earlier cell started'} called process.exit(${code}), which ends the kernel. Its variables are lost; the next run starts a new kernel.`;
  return { ename: 'ProcessExit', evalue, traceback: [`ProcessExit: ${evalue}`] };
}
