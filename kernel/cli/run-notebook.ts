/** Runs the code cells of a notebook through the real kernel, in order, and keeps what they show. */
import path from 'node:path';
import { KernelDiedError } from '../client/errors.js';
import { KernelProcess, type NodeCommand } from '../client/kernel-process.js';
import { parentId } from '../protocol/compose.js';
import type { ErrorContent, ExecuteReply, Message, Output } from '../protocol/messages.js';
import { typeErrorMode } from '../protocol/type-errors.js';
import { sourceText, tagsOf, type Notebook, type NotebookCell } from './notebook-file.js';
import { addOutput, NO_OUTPUTS, savedOutputs, updateDisplay, type CellOutputs } from './saved-outputs.js';
import { TypeErrorSearch } from './type-errors.js';

export interface RunOptions {
  readonly kernelFile: string;
  readonly node: NodeCommand;
  readonly allowErrors: boolean;
  readonly timeoutMs?: number;
  readonly onStart?: (cell: Pick<CellReport, 'number' | 'of' | 'source'>) => void;
  /** Whatever a cell shows, as it comes. */
  readonly onOutput?: (output: Output) => void;
  readonly onCell?: (cell: CellReport) => void;
  readonly onLog?: (line: string) => void;
  /** Ends the cell that runs, as an interrupt does, and runs no other one. */
  readonly signal?: AbortSignal;
}

export interface CellReport {
  /** 1-based among the code cells. */
  readonly number: number;
  readonly of: number;
  readonly source: string;
  readonly ms: number;
  readonly status: 'ok' | 'error' | 'expected-error';
  readonly error?: ErrorContent;
}

export interface RunReport {
  readonly notebook: Notebook;
  readonly cells: readonly CellReport[];
  readonly failed: CellReport | undefined;
  /** A line each; they stop no cell. */
  readonly typeErrors: readonly string[];
}

const OUTPUT_TYPES = new Set<string>(['stream', 'display_data', 'update_display_data', 'execute_result', 'error', 'clear_output']);

export async function runNotebook(file: string, notebook: Notebook, options: RunOptions): Promise<RunReport> {
  const kernel = KernelProcess.start({
    node: options.node,
    kernelFile: options.kernelFile,
    cwd: path.dirname(file),
    env: { PATCHBAY_NOTEBOOK: file },
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  });
  const outputs = new Map<string, { cell: NotebookCell; state: CellOutputs }>();
  kernel.onMessage((message) => take(message, outputs, options.onOutput));
  const stop = (): void => interrupt(kernel);
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    await kernel.ready;
    const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
    const search = typeErrorMode(undefined, process.env['PATCHBAY_TYPE_ERRORS'], 'show') === 'show' ? new TypeErrorSearch(kernel, code.map(sourceText)) : undefined;
    const report = await runCells(kernel, notebook, outputs, options);
    const labels = new Map(report.cells.map(({ number }) => [number - 1, `Cell ${code[number - 1]?.execution_count ?? number}`]));
    return { ...report, typeErrors: (await search?.lines(labels)) ?? [] };
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await kernel.shutdown();
    for (const { cell, state } of outputs.values()) cell.outputs = savedOutputs(state);
  }
}

async function runCells(kernel: KernelProcess, notebook: Notebook, outputs: Map<string, { cell: NotebookCell; state: CellOutputs }>, options: RunOptions): Promise<Omit<RunReport, 'typeErrors'>> {
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const reports: CellReport[] = [];
  for (const cell of code) {
    cell.outputs = [];
    cell.execution_count = null;
  }
  for (const [index, cell] of code.entries()) {
    const source = sourceText(cell);
    if (source.trim() === '') continue;
    options.onStart?.({ number: index + 1, of: code.length, source });
    const started = performance.now();
    const { msgId, reply } = kernel.execute({ code: source, allow_stdin: false }, { tags: tagsOf(cell) });
    outputs.set(msgId, { cell, state: NO_OUTPUTS });
    const ended = await outcome(reply, kernel, options.timeoutMs);
    const isInterrupted = options.signal?.aborted === true;
    const content = isInterrupted ? interruptedReply(ended) : ended;
    cell.execution_count = content.execution_count;
    if (content.status === 'error') showError(outputs.get(msgId), content);
    const report = reportOf(content, { number: index + 1, of: code.length, source, ms: performance.now() - started }, isInterrupted ? [] : tagsOf(cell));
    reports.push(report);
    options.onCell?.(report);
    const isOver = report.error?.ename === 'KernelDied';
    if (report.status === 'error' && (isOver || isInterrupted || !options.allowErrors)) return { notebook, cells: reports, failed: report };
  }
  return { notebook, cells: reports, failed: undefined };
}

function reportOf(content: ExecuteReply, cell: Omit<CellReport, 'status' | 'error'>, tags: readonly string[]): CellReport {
  if (content.status === 'ok') return { ...cell, status: 'ok' };
  const error = content.status === 'error' ? { ename: content.ename, evalue: content.evalue, traceback: content.traceback } : { ename: 'Aborted', evalue: 'The cell did not run.', traceback: [] };
  return { ...cell, status: tags.includes('raises-exception') ? 'expected-error' : 'error', error };
}

/** The reply to a cell. A cell that had to be interrupted has failed, however it ended; so has one that ended the kernel. */
async function outcome(reply: Promise<Message<ExecuteReply>>, kernel: KernelProcess, timeoutMs: number | undefined): Promise<ExecuteReply> {
  let isLate = false;
  const giveUp = (): void => {
    isLate = true;
    interrupt(kernel);
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
  try {
    const { content } = await reply;
    if (!isLate) return content;
    return timeoutError(timeoutMs ?? 0, content.execution_count);
  } catch (error) {
    if (!(error instanceof KernelDiedError)) throw error;
    if (isLate) return timeoutError(timeoutMs ?? 0, 0);
    return { status: 'error', execution_count: 0, ename: 'KernelDied', evalue: error.message, traceback: [error.message] };
  } finally {
    clearTimeout(timer);
  }
}

/** A cell that ended by itself after the interrupt, as `train` does with what it has learnt, is not one that ran as it should. */
function interruptedReply(ended: ExecuteReply): ExecuteReply {
  if (ended.status === 'error') return ended;
  return failure('Interrupted', 'You interrupted the run.', ended.execution_count);
}

const timeoutError = (timeoutMs: number, executionCount: number): ExecuteReply =>
  failure('Timeout', `The cell was still running after ${timeoutMs / 1000} s (--timeout).`, executionCount);

const failure = (ename: string, evalue: string, executionCount: number): ExecuteReply => ({ status: 'error', execution_count: executionCount, ename, evalue, traceback: [`${ename}: ${evalue}`] });

/** Ends the cell that runs; a kernel that cannot be interrupted ends with it. */
const interrupt = (kernel: KernelProcess): void => void kernel.interrupt().catch(() => kernel.shutdown());

/** The saved cell shows the error that the report names: the kernel's own word for it, or ours in its place. */
function showError(entry: { state: CellOutputs } | undefined, { ename, evalue, traceback }: ErrorContent): void {
  if (entry === undefined) return;
  const shown = entry.state.shown.filter(({ output }) => output.output_type !== 'error');
  entry.state = addOutput({ ...entry.state, shown }, { msg_type: 'error', content: { ename, evalue, traceback } });
}

function take(message: Message, outputs: Map<string, { cell: NotebookCell; state: CellOutputs }>, onOutput: RunOptions['onOutput']): void {
  if (message.channel !== 'iopub' || !OUTPUT_TYPES.has(message.header.msg_type)) return;
  // SAFETY: the type was just checked; the kernel is ours and sends the content of its type.
  const output = { msg_type: message.header.msg_type, content: message.content } as unknown as Output;
  onOutput?.(output);
  if (output.msg_type === 'update_display_data') {
    const { data, metadata, transient } = output.content;
    for (const entry of outputs.values()) entry.state = updateDisplay(entry.state, transient?.display_id, data, metadata);
    return;
  }
  const entry = outputs.get(parentId(message) ?? '');
  if (entry !== undefined) entry.state = addOutput(entry.state, output);
}
