/** The Jupyter protocol over ZeroMQ, check by check; names as in the list of checks that kernels are compared by. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parentId } from '../../../kernel/protocol/compose.js';
import type { ExecuteReply } from '../../../kernel/protocol/messages.js';
import { KERNELS } from '../installed.js';
import { WireKernel, type WireClient } from './client.js';

describe.each(KERNELS)('messages on $label', (installed) => {
  let kernel: WireKernel;
  let client: WireClient;
  beforeAll(async () => {
    kernel = await WireKernel.start(installed);
    client = kernel.client;
  });
  afterAll(() => kernel.stop());

  const statuses = (id: string) => client.of(id).filter(({ header }) => header.msg_type === 'status').map(({ content }) => content['execution_state']);

  describe('headers and status', () => {
    it('message_headers', async () => {
      const request = await client.execute('console.log("a"); 1');
      const { messages } = await client.finish(request);
      const reply = await client.replyTo(request.header);
      for (const { header, parent_header } of [...messages, reply]) {
        expect(header).toMatchObject({ version: '5.4', username: expect.any(String), session: messages[0]?.header.session });
        expect(new Date(header.date).getTime()).toBeGreaterThan(Date.now() - 60_000);
        expect(parent_header).toEqual(request.header);
      }
      expect(new Set([...messages, reply].map(({ header }) => header.msg_id)).size).toBe(messages.length + 1);
    });

    it('status_busy_first_idle_last', async () => {
      const { types, messages } = await client.run('console.log("a"); 1');
      expect(types).toEqual(['status', 'execute_input', 'stream', 'execute_result', 'status']);
      expect([messages.at(0), messages.at(-1)].map((message) => message?.content)).toEqual([{ execution_state: 'busy' }, { execution_state: 'idle' }]);
    });

    it('status_for_other_requests', async () => {
      for (const [channel, type] of [['shell', 'kernel_info_request'], ['control', 'kernel_info_request'], ['shell', 'history_request'], ['shell', 'comm_info_request'], ['shell', 'is_complete_request'], ['control', 'debug_request']] as const) {
        const { header } = await client.send(channel, type, { code: '1', hist_access_type: 'tail', n: 1 });
        await client.replyTo(header);
        await client.idle(header);
        expect(statuses(header.msg_id), type).toEqual(['busy', 'idle']);
      }
    });

    it('execute_input_broadcast', async () => {
      const { messages, reply } = await client.run('1 +\n1');
      expect(messages[1]).toMatchObject({ header: { msg_type: 'execute_input' }, content: { code: '1 +\n1', execution_count: reply.execution_count } });
    });

    it('a cell that runs is busy, also after another request was answered', async () => {
      const request = await client.execute('await new Promise((resolve) => setTimeout(resolve, 300))');
      await client.until(() => client.of(request.header.msg_id).at(1), 'its input');
      await client.ask('shell', 'kernel_info_request');
      const isBusyAgain = () => {
        const last = client.messages.findLast(({ header }) => header.msg_type === 'status');
        return last?.content['execution_state'] === 'busy' && parentId(last) === request.header.msg_id ? true : undefined;
      };
      await client.until(isBusyAgain, 'busy again');
      await client.finish(request);
    });
  });

  describe('about the kernel', () => {
    it('kernel_info_fields', async () => {
      const info = await client.ask('shell', 'kernel_info_request');
      expect(info).toMatchObject({ status: 'ok', protocol_version: '5.4', implementation: 'patchbay', implementation_version: expect.stringMatching(/^\d+\.\d+\.\d+/), banner: expect.stringContaining('TypeScript'), supported_features: [] });
    });

    it('kernel_info_editor_hints', async () => {
      const { language_info, help_links } = await client.ask<{ language_info: object; help_links: { text: string; url: string }[] }>('shell', 'kernel_info_request');
      expect(language_info).toEqual({ name: 'typescript', version: expect.stringMatching(/^\d+\.\d+/), mimetype: 'text/typescript', file_extension: '.ts', pygments_lexer: 'typescript', codemirror_mode: 'typescript', nbconvert_exporter: 'script' });
      for (const { text, url } of help_links) expect([text, url]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^https:/)]);
    });

    it('connect_request', async () => {
      const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.info;
      expect(await client.ask('shell', 'connect_request')).toEqual({ status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port });
    });

    it('debug_request is answered, with no', async () => {
      const reply = await client.ask('control', 'debug_request', { type: 'request', seq: 7, command: 'initialize', arguments: {} });
      expect(reply).toMatchObject({ type: 'response', request_seq: 7, success: false, command: 'initialize', message: 'Patchbay has no debugger of cells.' });
    });
  });

  describe('execution', () => {
    it('execution_count_increments', async () => {
      const counts = [await client.run('1'), await client.run('2')].map(({ reply }) => reply.execution_count);
      expect(counts[1]).toBe((counts[0] ?? 0) + 1);
    });

    it('queue_of_20_cells_in_order', async () => {
      await client.run('const order: number[] = []');
      const requests = [];
      for (let i = 0; i < 20; i++) requests.push(await client.execute(`order.push(${i}); await new Promise((resolve) => setTimeout(resolve, ${i % 3}))`));
      const replies = await Promise.all(requests.map((request) => client.finish(request)));
      expect(replies.map(({ reply }) => reply.status)).toEqual(Array.from({ length: 20 }, () => 'ok'));
      expect((await client.run('order.join()')).result).toBe(`'${Array.from({ length: 20 }, (_, i) => i).join()}'`);
    });

    it('silent_execution', async () => {
      const { types, reply } = await client.run('console.log("heard?"); 5', { silent: true, store_history: false });
      expect(reply.status).toBe('ok');
      expect(types).toEqual(['status', 'status']);
    });

    it('store_history_false', async () => {
      const before = (await client.run('1')).reply.execution_count;
      expect((await client.run('2', { store_history: false })).result).toBe('2');
      expect((await client.run('3')).reply.execution_count).toBe(before + 1);
    });

    it('user_expressions', async () => {
      const { reply } = await client.run('const size = 3', { user_expressions: { good: 'size * 2', bad: 'nowhere', wrong: '1 +' } });
      expect(reply).toMatchObject({
        user_expressions: { good: { status: 'ok', data: { 'text/plain': '6' }, metadata: {} }, bad: { status: 'error', ename: 'ReferenceError' }, wrong: { status: 'error', ename: 'SyntaxError' } },
      });
    });

    it('stop_on_error_aborts_the_queue', async () => {
      const codes = ['throw new Error("stop")', 'globalThis.ran = 1', 'globalThis.ran = 2'];
      const requests = await Promise.all(codes.map((code) => client.execute(code)));
      const runs = await Promise.all(requests.map((request) => client.finish(request)));
      expect(runs.map(({ reply }) => reply.status)).toEqual(['error', 'aborted', 'aborted']);
      expect((await client.run('typeof ran')).result).toBe("'undefined'");
    });

    it('stop_on_error_false_runs_the_queue', async () => {
      const requests = [await client.execute('throw 1', { stop_on_error: false }), await client.execute('2')];
      const runs = await Promise.all(requests.map((request) => client.finish(request)));
      expect(runs.map(({ reply }) => reply.status)).toEqual(['error', 'ok']);
    });

    it('cell_right_after_an_error_runs', async () => {
      const failing = await client.execute('throw 1');
      await client.replyTo(failing.header);
      expect((await client.run('1 + 1')).result).toBe('2');
    });

    it('cell_of_5000_lines', async () => {
      const lines = Array.from({ length: 5000 }, (_, i) => `const line${i}: number = ${i};`);
      expect((await client.run(`${lines.join('\n')}\nline4999`)).result).toBe('4999');
    });

    it('an execute_request with nothing in it is an empty cell', async () => {
      const reply = await client.ask<ExecuteReply>('shell', 'execute_request', {});
      expect(reply.status).toBe('ok');
    });
  });

  describe('history', () => {
    const history = (request: object) => client.ask<{ history: unknown[][] }>('shell', 'history_request', { raw: true, output: false, ...request }).then((reply) => reply.history);

    it('history_tail', async () => {
      const { reply } = await client.run('"a" + 1');
      await client.run('let noResult = 1');
      const count = reply.execution_count;
      expect(await history({ hist_access_type: 'tail', n: 2 })).toEqual([[1, count, '"a" + 1'], [1, count + 1, 'let noResult = 1']]);
      expect(await history({ hist_access_type: 'tail', n: 2, output: true })).toEqual([[1, count, ['"a" + 1', "'a1'"]], [1, count + 1, ['let noResult = 1', null]]]);
    });

    it('history_search', async () => {
      for (let i = 0; i < 3; i++) await client.run(`"needle${i % 2}"`);
      expect((await history({ hist_access_type: 'search', pattern: '*needle0*' })).map(([, , input]) => input)).toEqual(['"needle0"', '"needle0"']);
      expect(await history({ hist_access_type: 'search', pattern: '*needle0*', unique: true })).toHaveLength(1);
    });

    it('history_range', async () => {
      const { reply } = await client.run('"ranged"');
      const count = reply.execution_count;
      expect(await history({ hist_access_type: 'range', session: 0, start: count, stop: count + 1 })).toEqual([[1, count, '"ranged"']]);
    });

    it('what is silent or not stored is not in it', async () => {
      await client.run('"hidden"', { store_history: false });
      await client.run('"hidden"', { silent: true });
      expect(await history({ hist_access_type: 'search', pattern: '"hidden"' })).toEqual([]);
    });
  });

  describe('is_complete', () => {
    it.each([
      ['is_complete_complete', 'const done = [1, 2]', { status: 'complete' }],
      ['is_complete_incomplete', 'function f(', { status: 'incomplete', indent: '  ' }],
      ['is_complete_indent', 'function f() {\n  if (1) {', { status: 'incomplete', indent: '    ' }],
      ['is_complete_invalid', 'const const', { status: 'invalid' }],
    ])('%s', async (_name, code, expected) => expect(await client.ask('shell', 'is_complete_request', { code })).toEqual(expected));
  });
});
