/**
 * The requests of editors and of Jupyter clients that the language thread answers.
 */
import type { LanguageReply } from '../../protocol/language.js';
import type { ErrorContent, Header, Message } from '../../protocol/messages.js';
import type { ToMain } from '../../protocol/threads.js';
import { typeErrorMode, type TypeErrorMode } from '../../protocol/type-errors.js';
import { CellMirror } from './cell-mirror.js';
import { notebookChanges, openedCells } from './editor-params.js';
import { toCodePoints, toUtf16 } from './code-points.js';
import { CancelledError, LanguageThread } from './language-thread.js';
import { refusal, TypeErrors } from './type-errors.js';
import { isChange, type Inspection, type SessionCompletion, type ThreadMethod } from './messages.js';

export interface LanguageRequestsEdges {
  readonly kernelFolder: string;
  readonly folder: string;
  /** Says busy, replies, says idle. */
  readonly answer: (request: Message, content: object) => void;
  /** Replies and says nothing of the kernel's state: an editor asks at every key. */
  readonly reply: (request: Message, content: object) => void;
  readonly publish: (type: string, content: object, parent?: Header) => void;
  readonly log: (line: string) => void;
  /** Whether a cell runs. */
  readonly isBusy: () => boolean;
  /** What happens with type errors where neither request nor environment say so. */
  readonly typeErrors: TypeErrorMode;
}

/** Cells that are remembered for a thread that starts late or again. What fell out of it has no types. */
const REMEMBERED_CELLS = 2_000;

export class LanguageRequests {
  readonly #edges: LanguageRequestsEdges;
  readonly #thread: LanguageThread;
  readonly #mirror = new CellMirror();
  /** How many opens and changes there were. */
  #version = 0;
  readonly #typeErrors: TypeErrors;
  readonly #modes = new WeakMap<Header, TypeErrorMode>();
  /** The session's cells by id, those left out that nothing can refer to. */
  readonly #executed = new Map<string, string>();
  /** The client's id of a request that waits -> the thread's. */
  readonly #waiting = new Map<string, number>();

  constructor(edges: LanguageRequestsEdges) {
    this.#edges = edges;
    this.#thread = new LanguageThread({
      kernelFolder: edges.kernelFolder,
      folder: edges.folder,
      onDiagnostics: (content) => edges.publish('patchbay_language_diagnostics', content),
      log: edges.log,
      restore: () => this.#restore(),
    });
    this.#typeErrors = new TypeErrors({ diagnostics: (id) => this.#thread.request('session/diagnostics', { id }).reply, publish: edges.publish, isBusy: edges.isBusy });
  }

  readonly handlers: Readonly<Record<string, (message: Message) => void>> = {
    complete_request: (message) => void this.#complete(message),
    inspect_request: (message) => void this.#inspect(message),
    patchbay_language_request: (message) => void this.#language(message),
    patchbay_language_cancel_request: (message) => {
      const { id } = message.content;
      const waiting = typeof id === 'string' ? this.#waiting.get(id) : undefined;
      if (waiting !== undefined) this.#thread.cancel(waiting);
      this.#edges.reply(message, { status: 'ok' });
    },
  };

  /** A cell was sent. */
  requested({ header, metadata }: Message<unknown>): void {
    this.#modes.set(header, typeErrorMode(metadata['patchbay_type_errors'], process.env['PATCHBAY_TYPE_ERRORS'], this.#edges.typeErrors));
  }

  /** Whether the cell may run: undefined, or a promise of why not. */
  admit(code: string, parent: Header, label: string): Promise<ErrorContent | undefined> | undefined {
    if (this.#modes.get(parent) !== 'block') return undefined;
    return this.#thread.request('session/check', { text: code }).reply.then(
      (found) => refusal(label, found),
      () => undefined,
    );
  }

  /** A cell runs: cells after it know its names. */
  executing({ execution, label, source, silent }: Extract<ToMain<unknown>, { type: 'execute' }>, header: Header | undefined): void {
    const id = String(execution);
    if (!silent && header !== undefined && this.#modes.get(header) === 'show') this.#typeErrors.started({ id, label, source, header });
    this.#executed.set(id, source);
    for (const oldest of this.#executed.keys()) {
      if (this.#executed.size <= REMEMBERED_CELLS) break;
      this.#executed.delete(oldest);
    }
    if (this.#thread.isRunning) this.#send(id, source);
  }

  /** The client heard that a request is done. */
  idle(parent: Header): void {
    this.#typeErrors.idle(parent);
  }

  #send(id: string, text: string): void {
    this.#thread.request('session/executed', { id, text, keep: this.#typeErrors.pending }).reply.then(
      (forgotten) => {
        for (const gone of forgotten) this.#executed.delete(gone);
      },
      () => undefined,
    );
  }

  #restore(): { readonly method: ThreadMethod; readonly params: unknown }[] {
    const { cells } = this.#mirror;
    const session = [...this.#executed].map(([id, text]) => ({ method: 'session/executed', params: { id, text, keep: this.#typeErrors.pending } }) as const);
    return cells === undefined ? session : [{ method: 'notebook/open', params: { cells } }, ...session];
  }

  async #complete(message: Message): Promise<void> {
    const { code, cursor } = codeAndCursor(message);
    const nothing: SessionCompletion = { start: cursor, end: cursor, matches: [] };
    const found = await this.#thread.request('session/complete', { code, offset: cursor }).reply.catch(() => nothing);
    const start = toCodePoints(code, found.start);
    const end = toCodePoints(code, found.end);
    this.#edges.answer(message, {
      status: 'ok',
      matches: found.matches.map(({ text }) => text),
      cursor_start: start,
      cursor_end: end,
      metadata: { _jupyter_types_experimental: found.matches.map(({ text, type }) => ({ text, type, start, end })) },
    });
  }

  async #inspect(message: Message): Promise<void> {
    const { code, cursor } = codeAndCursor(message);
    const found = await this.#thread.request('session/inspect', { code, offset: cursor }).reply.catch(() => null);
    this.#edges.answer(message, { status: 'ok', found: found !== null, data: found === null ? {} : inspectionData(found), metadata: {} });
  }

  async #language(message: Message): Promise<void> {
    const { method, params, id } = message.content;
    let reply: LanguageReply;
    try {
      if (!isEditorMethod(method)) throw new Error(`there is no language request '${String(method)}'; see LanguageMethods in kernel/protocol/language.ts`);
      // SAFETY: the editor speaks the protocol of kernel/protocol/language.ts; the thread answers wrong params with an error.
      const typed = params as never;
      const opened = method === 'notebook/open' ? openedCells(params) : undefined;
      const changes = method === 'notebook/change' ? notebookChanges(params) : [];
      if (isChange(method)) this.#version++;
      // A thread that starts now hears first what was before this request.
      const asked = this.#thread.request(method, typed, this.#version);
      if (opened !== undefined) this.#mirror.open(opened);
      this.#mirror.change(changes);
      if (typeof id === 'string') this.#waiting.set(id, asked.id);
      reply = { status: 'ok', result: await asked.reply };
    } catch (error) {
      reply = error instanceof CancelledError ? { status: 'cancelled' } : { status: 'error', ename: 'LanguageError', evalue: error instanceof Error ? error.message : String(error) };
    }
    if (typeof id === 'string') this.#waiting.delete(id);
    this.#edges.reply(message, reply);
  }
}

const EDITOR_METHODS = ['notebook/open', 'notebook/change', 'completion', 'completion/resolve', 'hover', 'signatureHelp', 'definition', 'references', 'rename/prepare', 'rename', 'symbols', 'diagnostics', 'codeFixes', 'file/bundled'] as const;

function isEditorMethod(method: unknown): method is (typeof EDITOR_METHODS)[number] {
  return EDITOR_METHODS.some((known) => known === method);
}

function codeAndCursor({ content }: Message): { readonly code: string; readonly cursor: number } {
  const code = typeof content['code'] === 'string' ? content['code'] : '';
  const position = content['cursor_pos'];
  return { code, cursor: typeof position === 'number' ? toUtf16(code, position) : code.length };
}

function inspectionData({ signature, documentation }: Inspection): Record<string, string> {
  const markdown = `\`\`\`ts\n${signature}\n\`\`\`${documentation === '' ? '' : `\n\n${documentation}`}`;
  return { 'text/plain': documentation === '' ? signature : `${signature}\n\n${documentation}`, 'text/markdown': markdown };
}
