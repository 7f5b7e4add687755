import { describe, expect, it } from 'vitest';
import type { CompiledCell, CompileResult } from '../compile/index.js';
import { MessageComposer } from '../protocol/compose.js';
import type { ExecuteReply, ExecuteRequest, Header, Message } from '../protocol/messages.js';
import type { Outcome, ToMain } from '../protocol/threads.js';
import { Executions, type ExecutionEdges } from './executions.js';

const composer = new MessageComposer('client');
const OK: Outcome = { status: 'ok', userExpressions: {} };
const BAD: Outcome = { status: 'error', error: { ename: 'Error', evalue: 'no', traceback: ['Error: no'] } };

function request(code: string, more: Partial<ExecuteRequest> = {}): Message<ExecuteRequest> {
  return composer.compose('shell', 'execute_request', { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true, ...more });
}

/** Executions with edges that write down what they are asked; code `!` does not compile. */
function rig(more: Partial<ExecutionEdges> = {}) {
  const log: string[] = [];
  const toMain: ToMain<CompiledCell>[] = [];
  const replies: ExecuteReply[] = [];
  const names = new Map<string, string>();
  const executions = new Executions({
    compile: (source): CompileResult =>
      source === '!' ? { ok: false, error: { message: 'no', line: 1, column: 1 } } : { ok: true, cell: { code: source } as unknown as CompiledCell },
    toMain: (message) => {
      toMain.push(message);
      if (message.type === 'execute') log.push(`run ${message.source}`);
    },
    publish: (type, content, parent: Header) => log.push(`${names.get(parent.msg_id)} ${type}${'execution_state' in content ? ` ${String(content.execution_state)}` : ''}`),
    reply: (content, parent) => {
      replies.push(content);
      log.push(`${names.get(parent.msg_id)} reply ${content.status}`);
    },
    ...more,
  });
  const enqueue = (code: string, more?: Partial<ExecuteRequest>): void => {
    const message = request(code, more);
    names.set(message.header.msg_id, code);
    executions.enqueue(message);
  };
  return { executions, enqueue, log, toMain, replies };
}

describe('executions', () => {
  it('publish busy, the input, then reply, then idle', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a');
    executions.settle(1, OK);
    expect(log).toEqual(['a status busy', 'a execute_input', 'run a', 'a reply ok', 'a status idle']);
  });

  it('run one after the other', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a');
    enqueue('b');
    expect(log).not.toContain('run b');
    executions.settle(1, OK);
    expect(log.at(-1)).toBe('run b');
    expect(executions.running).toBe(2);
  });

  it('an error aborts what waits, and a later request runs', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a');
    enqueue('b');
    executions.settle(1, BAD);
    enqueue('c');
    expect(log.filter((line) => line.includes('reply'))).toEqual(['a reply error', 'b reply aborted']);
    expect(log.at(-1)).toBe('run c');
  });

  it('an error is said when what was sent with its cell has arrived, and aborts that', () => {
    const waiting: (() => void)[] = [];
    const { executions, enqueue, log } = rig({ afterArrivals: (then) => waiting.push(then) });
    enqueue('a');
    executions.settle(1, BAD);
    expect(log.at(-1)).toBe('run a');
    enqueue('b');
    executions.settle(1, OK);
    for (const then of waiting) then();
    expect(log.filter((line) => line.includes('reply'))).toEqual(['a reply error', 'b reply aborted']);
  });

  it('an error of a request without stop_on_error lets the queue run', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a', { stop_on_error: false });
    enqueue('b');
    executions.settle(1, BAD);
    expect(log.at(-1)).toBe('run b');
  });

  it('a cell that does not compile is an error of its own and reaches nobody', () => {
    const { enqueue, log, toMain, replies } = rig();
    enqueue('!');
    expect(toMain).toHaveLength(0);
    expect(log).toEqual(['! status busy', '! execute_input', '! error', '! reply error', '! status idle']);
    expect(replies[0]).toMatchObject({ ename: 'SyntaxError', traceback: ['SyntaxError: no', '    at Cell 1, line 1, column 1', '      1 | !', '        | ^'] });
  });

  it('settles once: a second outcome, or one of an old execution, is ignored', () => {
    const { executions, enqueue, replies } = rig();
    enqueue('a');
    executions.settle(1, OK);
    executions.settle(1, BAD);
    executions.settle(7, BAD);
    expect(replies).toHaveLength(1);
  });

  it('counts what is stored, and not what is silent', () => {
    const { executions, enqueue, replies } = rig();
    enqueue('a');
    executions.settle(1, OK);
    enqueue('quiet', { silent: true, store_history: false });
    executions.settle(2, OK);
    enqueue('b');
    executions.settle(3, OK);
    expect(replies.map(({ execution_count }) => execution_count)).toEqual([1, 1, 2]);
  });

  it('gives late output to the cell that caused it, and output of unknown cause to the newest', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a');
    executions.settle(1, OK);
    enqueue('b');
    const text = { msg_type: 'stream', content: { name: 'stdout', text: 'x' } } as const;
    executions.output(1, text);
    executions.output(0, text);
    expect(log.slice(-2)).toEqual(['a stream', 'b stream']);
  });

  it('aborts the queue on request', () => {
    const { executions, enqueue, log } = rig();
    enqueue('a');
    enqueue('b');
    enqueue('c');
    executions.abortQueued();
    expect(log.filter((line) => line.includes('reply'))).toEqual(['b reply aborted', 'c reply aborted']);
    expect(executions.running).toBe(1);
  });

  it('names each counted cell by its number, and what is not counted by none', () => {
    const { executions, enqueue, toMain } = rig();
    const more = [{}, { store_history: false }, { silent: true }, {}];
    more.forEach((request, i) => {
      enqueue(String(i), request);
      executions.settle(i + 1, OK);
    });
    expect(toMain.map((message) => message.type === 'execute' && message.label)).toEqual(['Cell 1', 'Uncounted cell 2', 'Uncounted cell 3', 'Cell 2']);
  });

  it('publishes nothing of a silent execution but its status', () => {
    const { executions, enqueue, log } = rig();
    enqueue('quiet', { silent: true });
    executions.output(1, { msg_type: 'stream', content: { name: 'stdout', text: 'x' } });
    executions.settle(1, BAD);
    executions.output(1, { msg_type: 'stream', content: { name: 'stdout', text: 'late' } });
    expect(log).toEqual(['quiet status busy', 'run quiet', 'quiet reply error', 'quiet status idle']);
  });

  it.each([
    [1, 0, 'ok', undefined],
    [1, 3, 'error', /The cell called process\.exit\(3\)/],
    [9, 0, 'error', /earlier cell started called process\.exit\(0\)/],
  ])('an exit by execution %i with code %i answers the running one with %s, and nothing starts any more', (execution, code, status, reason) => {
    const { executions, enqueue, replies } = rig();
    enqueue('a');
    enqueue('b');
    executions.exit(execution, code);
    enqueue('c');
    expect(replies.map((reply) => reply.status)).toEqual([status, 'aborted']);
    if (reason !== undefined) expect(replies[0]).toMatchObject({ ename: 'ProcessExit', evalue: expect.stringMatching(reason) });
    expect(executions.running).toBeUndefined();
  });
});
