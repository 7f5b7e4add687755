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
  compile(source: string): CompileResult;
  toMain(message: ToMain<CompiledCell>): void;
  publish(type: string, content: object, parent: Header, picture?: string): void;
  reply(content: ExecuteReply, parent: Header): void;
}

interface Queued {
  readonly header: Header;
  readonly request: ExecuteRequest;
}

interface Running extends Queued {
  readonly execution: ExecutionId;
  readonly executionCount: number;
  /** User expressions that do not compile, with their errors. */
  readonly unreadable: Record<string, object>;
}

/** Parents of ended executions are kept for output that comes late: this many. */
const REMEMBERED_PARENTS = 10_000;

export class Executions {
  readonly #edges: ExecutionEdges;
  readonly #parents = new Map<ExecutionId, Header>();
  #queue: Queued[] = [];
  #running: Running | undefined;
  #lastExecution = 0;
  #executionCount = 0;

  constructor(edges: ExecutionEdges) {
    this.#edges = edges;
  }

  get running(): ExecutionId | undefined {
    return this.#running?.execution;
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
    const parent = this.parentOf(execution);
    if (parent !== undefined) this.#edges.publish(output.msg_type, output.content, parent, picture);
  }

  parentOf(execution: ExecutionId): Header | undefined {
    return this.#parents.get(execution) ?? this.#parents.get(this.#lastExecution);
  }

  settle(execution: ExecutionId, outcome: Outcome): void {
    const running = this.#running;
    if (running?.execution !== execution) return;
    if (outcome.status === 'error') {
      this.#fail(running, outcome.error);
      return;
    }
    const { result, userExpressions } = outcome;
    if (result !== undefined) this.#edges.publish('execute_result', { execution_count: running.executionCount, data: result.data, metadata: {} }, running.header, result.picture);
    this.#end(running, { status: 'ok', execution_count: running.executionCount, user_expressions: { ...userExpressions, ...running.unreadable }, payload: [] });
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const queued = this.#queue.shift();
    if (queued === undefined) return;
    const { header, request } = queued;
    if (request.store_history && !request.silent) this.#executionCount++;
    const running: Running = { ...queued, execution: ++this.#lastExecution, executionCount: this.#executionCount, unreadable: {} };
    this.#running = running;
    this.#remember(running);
    this.#edges.publish('status', { execution_state: 'busy' }, header);
    if (!request.silent) this.#edges.publish('execute_input', { code: request.code, execution_count: running.executionCount }, header);
    this.#start(running);
  }

  #start(running: Running): void {
    const { request, execution, executionCount } = running;
    const compiled = this.#edges.compile(request.code);
    if (!compiled.ok) {
      this.#fail(running, syntaxErrorContent(compiled.error, request.code, executionCount));
      return;
    }
    const userExpressions = Object.entries(request.user_expressions).flatMap(([name, source]) => {
      const expression = this.#edges.compile(`(${source}\n)`);
      if (expression.ok) return [{ name, source, cell: expression.cell }];
      running.unreadable[name] = { status: 'error', ...syntaxErrorContent(expression.error, source, executionCount) };
      return [];
    });
    this.#edges.toMain({
      type: 'execute',
      execution,
      executionCount,
      source: request.code,
      cell: compiled.cell,
      userExpressions,
      allowInput: request.allow_stdin,
      silent: request.silent,
    });
  }

  #fail(running: Running, error: ErrorContent): void {
    if (!running.request.silent) this.#edges.publish('error', error, running.header);
    this.#end(running, { status: 'error', execution_count: running.executionCount, ...error });
  }

  #end(running: Running, reply: ExecuteReply): void {
    this.#edges.reply(reply, running.header);
    this.#edges.publish('status', { execution_state: 'idle' }, running.header);
    this.#running = undefined;
    if (reply.status === 'error' && running.request.stop_on_error) this.abortQueued();
    this.#next();
  }

  #remember(running: Running): void {
    this.#parents.set(running.execution, running.header);
    const oldest = this.#parents.keys().next().value;
    if (this.#parents.size > REMEMBERED_PARENTS && oldest !== undefined) this.#parents.delete(oldest);
  }
}
