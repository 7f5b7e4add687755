/** The queue of requests, what each of them says, and the options that change it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from '../harness.js';

describe.each(NODES)('the queue on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());

  const count = async (): Promise<number> => {
    const { reply } = await kernel.run('0');
    return reply.execution_count;
  };

  it('status_busy_first_idle_last, message_headers: each message names the request', async () => {
    const { messages } = await kernel.run("console.log('a'); 1");
    expect([messages[0]!.content['execution_state'], messages.at(-1)!.content['execution_state']]).toEqual(['busy', 'idle']);
    for (const { header, parent_header } of messages) {
      expect(header).toMatchObject({ version: '5.4', session: expect.any(String), msg_id: expect.any(String), username: expect.any(String) });
      expect(Number.isNaN(Date.parse(header.date))).toBe(false);
      expect(parent_header).toEqual(messages[0]!.parent_header);
    }
    expect(new Set(messages.map(({ header }) => header.msg_id)).size).toBe(messages.length);
  });

  it('execute_input_broadcast with the code and its number', async () => {
    const { messages, reply } = await kernel.run('1 + 2 // shown');
    const input = messages.find(({ header }) => header.msg_type === 'execute_input');
    expect(input?.content).toEqual({ code: '1 + 2 // shown', execution_count: reply.execution_count });
    expect(messages.indexOf(input!)).toBe(1);
  });

  it('execution_count_increments by one with each cell, also one that fails or is empty', async () => {
    const first = await count();
    await kernel.run("throw new Error('x')");
    await kernel.run('');
    await kernel.run('const = 1');
    expect(await count()).toBe(first + 4);
  });

  it('silent_execution: nothing is published but the status, nothing is counted, the code has run', async () => {
    const first = await count();
    const { types, reply } = await kernel.run("globalThis.silently = 1; console.log('x'); console.error('y'); 5", { silent: true });
    expect(types).toEqual(['status', 'status']);
    expect(reply).toMatchObject({ status: 'ok', execution_count: first });
    expect((await kernel.run("throw new Error('quiet')", { silent: true })).types).toEqual(['status', 'status']);
    expect(await kernel.value('silently')).toBe('1');
    expect(await count()).toBe(first + 2);
  });

  it('store_history_false: shown, and not counted', async () => {
    const first = await count();
    const { types, reply, result } = await kernel.run('40 + 2', { store_history: false });
    expect([types.includes('execute_input'), result, reply.execution_count]).toEqual([true, '42', first]);
    expect(await count()).toBe(first + 1);
  });

  it('user_expressions: values, errors of their own, nothing of them in the output', async () => {
    const { reply, types } = await kernel.run('const six = 6', { user_expressions: { good: 'six * 7', bad: 'nope.x', wrong: 'six * (', awaited: 'await Promise.resolve(six)', rich: "({ 'text/html': '<b>6</b>' })" } });
    expect(reply).toMatchObject({
      status: 'ok',
      user_expressions: {
        good: { status: 'ok', data: { 'text/plain': '42' }, metadata: {} },
        bad: { status: 'error', ename: 'ReferenceError', evalue: 'nope is not defined' },
        wrong: { status: 'error', ename: 'SyntaxError' },
        awaited: { status: 'ok', data: { 'text/plain': '6' } },
        rich: { status: 'ok', data: { 'text/html': '<b>6</b>' } },
      },
    });
    expect(types).toEqual(['status', 'execute_input', 'status']);
  });

  it('user_expressions of a cell that fails are not evaluated', async () => {
    const { reply } = await kernel.run("throw new Error('no')", { user_expressions: { x: 'globalThis.evaluated = true' } });
    expect(reply.status).toBe('error');
    expect(await kernel.value('typeof evaluated')).toBe("'undefined'");
  });

  it('queue_of_20_cells_in_order', async () => {
    await kernel.run('globalThis.order = []');
    const queued = Array.from({ length: 20 }, (_, i) => kernel.process.execute({ code: `${i % 3 === 0 ? 'await null; ' : ''}order.push(${i}); ${i}` }));
    const replies = await Promise.all(queued.map(async ({ reply }) => (await reply).content));
    expect(replies.every(({ status }) => status === 'ok')).toBe(true);
    expect(replies.map(({ execution_count }) => execution_count - replies[0]!.execution_count)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await kernel.value("order.join()")).toBe(`'${Array.from({ length: 20 }, (_, i) => i).join(',')}'`);
  });

  it('stop_on_error_aborts_the_queue, and cell_right_after_an_error_runs', async () => {
    const failing = kernel.process.execute({ code: "await new Promise((done) => setTimeout(done, 30)); throw new Error('stop')" });
    const waiting = [1, 2].map((n) => kernel.process.execute({ code: `globalThis.aborted = ${n}` }));
    expect((await failing.reply).content.status).toBe('error');
    expect((await kernel.process.execute({ code: "'runs'" }).reply).content.status).toBe('ok');
    for (const { msgId, reply } of waiting) {
      expect((await reply).content).toMatchObject({ status: 'aborted' });
      await kernel.until(() => kernel.of(msgId).length >= 2, 'its status');
      expect(kernel.of(msgId).map(({ content }) => content['execution_state'])).toEqual(['busy', 'idle']);
    }
    expect(await kernel.value('typeof aborted')).toBe("'undefined'");
  });

  it('stop_on_error_false_runs_the_queue', async () => {
    const failing = kernel.process.execute({ code: "throw new Error('go on')", stop_on_error: false });
    const waiting = kernel.process.execute({ code: "'ran'" });
    expect((await failing.reply).content.status).toBe('error');
    expect((await waiting.reply).content.status).toBe('ok');
  });

  it('rerun_the_same_cell_5x', async () => {
    for (let i = 1; i <= 5; i++) expect(await kernel.value('globalThis.reruns = (globalThis.reruns ?? 0) + 1; const rerun = reruns; class Again {} enum Mode { A } rerun')).toBe(String(i));
  });
});
