import { describe, expect, it } from 'vitest';
import type { CompiledCell } from '../compile/index.js';
import { MessageComposer } from '../protocol/compose.js';
import type { ErrorContent, ExecuteReply } from '../protocol/messages.js';
import { Executions } from './executions.js';

const composer = new MessageComposer('client');
const REFUSED: ErrorContent = { ename: 'TypeCheckError', evalue: 'no', traceback: [] };

function rig() {
  const log: string[] = [];
  const admissions: ((error: ErrorContent | undefined) => void)[] = [];
  const executions: Executions = new Executions({
    admit: ({ code }) => (code.startsWith('free') ? undefined : new Promise((resolve) => admissions.push(resolve))),
    compile: (source) => ({ ok: true, cell: { code: source } as unknown as CompiledCell }),
    toMain: (message) => {
      if (message.type === 'execute') log.push(`run ${message.source}`);
    },
    publish: (type) => {
      if (type === 'error') log.push('error');
    },
    reply: (content: ExecuteReply) => log.push(content.status === 'error' ? content.ename : content.status),
  });
  const enqueue = (code: string): void =>
    executions.enqueue(composer.compose('shell', 'execute_request', { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true }));
  return { log, admissions, executions, enqueue };
}

describe('cells that are asked about before they run', () => {
  it('run when they are admitted, and the next waits for them', async () => {
    const { log, admissions, enqueue } = rig();
    enqueue('first');
    enqueue('free');
    expect(log).toEqual([]);
    admissions[0]?.(undefined);
    await Promise.resolve();
    expect(log).toEqual(['run first']);
  });

  it('end with the error of the refusal, which aborts what waits', async () => {
    const { log, admissions, enqueue, executions } = rig();
    enqueue('first');
    enqueue('free');
    admissions[0]?.(REFUSED);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(log).toEqual(['error', 'TypeCheckError', 'aborted']);
    expect(executions.running).toBeUndefined();
  });

  it('end when they are interrupted meanwhile, and a late answer starts nothing', async () => {
    const { log, admissions, enqueue, executions } = rig();
    enqueue('first');
    expect(executions.interruptAdmission()).toBe(true);
    admissions[0]?.(undefined);
    await Promise.resolve();
    expect(log).toEqual(['error', 'Interrupted']);
    enqueue('free run');
    expect(executions.interruptAdmission()).toBe(false);
    expect(log.at(-1)).toBe('run free run');
  });
});
