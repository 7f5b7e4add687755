import type { KernelEnd, KernelProcess } from '../../kernel/client/kernel-process.js';
import { describeEnd, KernelInterruptError } from '../../kernel/client/errors.js';
import { commMessage, isComm, type CommMessage } from '../../kernel/protocol/comm.js';
import { parentId } from '../../kernel/protocol/compose.js';
import type { LookReply } from '../../kernel/model/look/look.js';
import type { DiagnosticsContent, LanguageMethod, LanguageParams, LanguageReply } from '../../kernel/protocol/language.js';
import type { Header, KernelInfoReply, Message } from '../../kernel/protocol/messages.js';
import { errorContent, patchbayError, reasonOf } from '../errors/catalogue.js';
import type { KernelEvent, RunId } from './events.js';
import { orderOf, outputOf, readExpression, readVariables, type ExpressionResult, type KernelVariable } from './replies.js';

export interface LaunchedKernel {
  readonly process: KernelProcess;
  /** E.g. `Node 20.20.2`. */
  readonly nodeLabel: string;
}

export interface NotebookKernelEdges {
  launch(): Promise<LaunchedKernel>;
  raise(event: KernelEvent): void;
  onReady(info: KernelInfoReply, nodeLabel: string): void;
  /** Undefined when the user closed the box. */
  askInput(prompt: string, password: boolean, signal: AbortSignal): Promise<string | undefined>;
  /** What is wrong in a cell, whenever the language service finds that it is not what it was. */
  onDiagnostics(content: DiagnosticsContent): void;
  /** What code of the notebook says to a view of it. */
  onComm(message: CommMessage): void;
  log(line: string): void;
}

const VARIABLES_TIMEOUT_MS = 2_000;
const EXPRESSION_TIMEOUT_MS = 15_000;

/**
 * The kernel of one notebook over time: at most one process, whose messages become events of the run.
 * What an earlier process still says after a restart reaches nobody.
 */
export class NotebookKernel {
  readonly #edges: NotebookKernelEdges;
  readonly #runOf = new Map<string, RunId>();
  #generation = 0;
  #process: KernelProcess | undefined;
  #isReady = false;
  #asking: AbortController | undefined;

  constructor(edges: NotebookKernelEdges) {
    this.#edges = edges;
  }

  /** A number for each process that is ready; undefined while none is. What was told to another one is forgotten. */
  get session(): number | undefined {
    return this.#isReady ? this.#generation : undefined;
  }

  /** Raises `kernelReady` or `kernelFailed`, and `kernelDied` when it ends unasked after that. */
  async start(): Promise<void> {
    const generation = ++this.#generation;
    const isCurrent = (): boolean => generation === this.#generation;
    let process: KernelProcess | undefined;
    try {
      const launched = await this.#edges.launch();
      process = launched.process;
      if (!isCurrent()) return void process.shutdown();
      this.#process = process;
      process.onMessage((message) => {
        if (isCurrent()) this.#take(message);
      });
      const info = await process.ready;
      if (!isCurrent()) return;
      this.#isReady = true;
      process.stopped.then((end) => isCurrent() && this.#died(end), this.#logFailure);
      this.#edges.onReady(info, launched.nodeLabel);
      this.#edges.raise({ type: 'kernelReady' });
    } catch (error) {
      void process?.shutdown();
      if (!isCurrent()) return;
      this.#process = undefined;
      this.#edges.log(`the kernel did not start: ${reasonOf(error)}`);
      this.#edges.raise({ type: 'kernelFailed', error: errorContent(error, 'KernelStartError') });
    }
  }

  async restart(): Promise<void> {
    const stopping = this.stop();
    const generation = this.#generation;
    await stopping;
    if (generation === this.#generation) await this.start();
  }

  /** Ends the process, if there is one; nothing is raised for it. */
  async stop(): Promise<void> {
    this.#generation++;
    this.#isReady = false;
    this.#runOf.clear();
    this.#asking?.abort();
    const process = this.#process;
    this.#process = undefined;
    await process?.shutdown();
  }

  send(run: RunId, code: string, metadata: Record<string, unknown>): void {
    const process = this.#process;
    if (process === undefined) return; // its end has been raised, and ended the run
    const { msgId, reply } = process.execute({ code, allow_stdin: true }, metadata);
    this.#runOf.set(msgId, run);
    reply.then(
      (message) => process === this.#process && this.#edges.raise({ type: 'reply', run, reply: message.content }),
      () => undefined, // the process ended, which `stopped` tells
    );
  }

  /** Raises `interruptRefused` when only a restart ends the cell. */
  async interrupt(): Promise<void> {
    this.#asking?.abort();
    const process = this.#process;
    try {
      await process?.interrupt();
    } catch (error) {
      this.#logFailure(error);
      if (process === this.#process && error instanceof KernelInterruptError) this.#edges.raise({ type: 'interruptRefused', reason: error.message });
    }
  }

  /** @throws PatchbayError `noKernel` */
  async variables(timeoutMs = VARIABLES_TIMEOUT_MS): Promise<readonly KernelVariable[]> {
    const reply = await this.#needProcess('its variables cannot be listed').request<unknown>('shell', 'patchbay_variables_request', {}, timeoutMs);
    return readVariables(reply.content);
  }

  /**
   * What *Visualize Mask* shows of a value, without running code. It waits while a cell keeps the kernel's main thread.
   *
   * @throws PatchbayError `noKernel`, KernelDiedError
   */
  async look(expression: string, layer: string | undefined): Promise<LookReply> {
    const { content } = await this.#needProcess(`\`${expression}\` cannot be looked at`).request<LookReply>('shell', 'patchbay_look_request', { expression, ...(layer === undefined ? {} : { layer }) });
    return content;
  }

  /** Evaluates an expression between cells. A cell that takes long before it is the caller's to look out for. */
  async evaluate(expression: string): Promise<ExpressionResult> {
    const process = this.#needProcess(`"${expression}" cannot be evaluated`);
    const { reply } = process.execute({ code: '', silent: true, stop_on_error: false, user_expressions: { value: expression } });
    const timer = setTimeout(() => void process.interrupt().catch(this.#logFailure), EXPRESSION_TIMEOUT_MS);
    try {
      return readExpression((await reply).content, 'value');
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks about the text of cells. `id` is that of a later {@link cancelLanguage}. */
  async language<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>, id?: string): Promise<LanguageReply<Method>> {
    const process = this.#needProcess('there is no language service');
    const { content } = await process.request<LanguageReply<Method>>('control', 'patchbay_language_request', { method, params, ...(id === undefined ? {} : { id }) });
    return content;
  }

  /** Dropped when there is no process that is ready: whoever looks at `session` knows. */
  sendComm(message: CommMessage): void {
    if (this.#isReady) this.#process?.sendComm(message);
  }

  cancelLanguage(id: string): void {
    this.#process?.request('control', 'patchbay_language_cancel_request', { id }).catch(() => undefined); // the process ended
  }

  #needProcess(what: string): KernelProcess {
    if (this.#process === undefined) throw patchbayError('noKernel', what);
    return this.#process;
  }

  readonly #logFailure = (error: unknown): void => this.#edges.log(reasonOf(error));

  #died(end: KernelEnd): void {
    this.#generation++;
    this.#isReady = false;
    this.#process = undefined;
    this.#runOf.clear();
    this.#asking?.abort();
    this.#edges.log(describeEnd(end));
    this.#edges.raise({ type: 'kernelDied', error: { ename: 'KernelDied', evalue: describeEnd(end), traceback: [describeEnd(end)] } });
  }

  #take(message: Message): void {
    if (message.header.msg_type === 'input_request') return void this.#answerInput(message).catch(this.#logFailure);
    // SAFETY: the kernel is ours and of this version; a message of this type has this content.
    if (message.header.msg_type === 'patchbay_language_diagnostics') return this.#edges.onDiagnostics(message.content as unknown as DiagnosticsContent);
    if (isComm(message)) return this.#edges.onComm(commMessage(message));
    const run = this.#runOf.get(parentId(message) ?? '');
    if (run === undefined) return;
    const output = outputOf(message);
    if (output !== undefined) return this.#edges.raise({ type: 'output', run, output });
    const order = orderOf(message);
    if (order !== undefined) return this.#edges.raise({ type: 'order', run, order });
    if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') this.#edges.raise({ type: 'idle', run });
  }

  /** A box that the user closes interrupts the cell, as in Jupyter: there is no answer to give. */
  async #answerInput({ header, content }: { readonly header: Header; readonly content: Record<string, unknown> }): Promise<void> {
    const process = this.#process;
    const asking = new AbortController();
    this.#asking = asking;
    const prompt = typeof content['prompt'] === 'string' ? content['prompt'] : '';
    const value = await this.#edges.askInput(prompt, content['password'] === true, asking.signal);
    if (this.#asking === asking) this.#asking = undefined;
    if (asking.signal.aborted || process !== this.#process) return;
    if (value !== undefined) process?.inputReply(header, value);
    else this.#edges.raise({ type: 'interrupt' });
  }
}
