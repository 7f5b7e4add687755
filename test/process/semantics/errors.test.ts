/** What is thrown, where, and what survives it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel, type CellRun } from '../harness.js';

const sleep = (ms: number): string => `await new Promise((done) => setTimeout(done, ${ms}))`;

describe.each(NODES)('errors on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());

  async function fails(code: string): Promise<CellRun & { trace: string }> {
    const run = await kernel.run(code);
    if (run.reply.status !== 'error') throw new Error(`${code} gave no error`);
    return { ...run, trace: run.reply.traceback.join('\n') };
  }

  it('error_message_fields and error_reply_fields say the same: ename, evalue, traceback', async () => {
    const { reply, messages, types } = await fails("throw new RangeError('too far')");
    const [error] = messages.filter(({ header }) => header.msg_type === 'error');
    expect(error?.content).toEqual({ ename: 'RangeError', evalue: 'too far', traceback: expect.arrayContaining(['RangeError: too far']) });
    expect(reply).toMatchObject({ status: 'error', ...error?.content, execution_count: expect.any(Number) });
    expect(types.filter((type) => type === 'error')).toHaveLength(1);
    expect(types.at(-1)).toBe('status');
  });

  it('error_has_the_cells_line and error_has_the_lines_text', async () => {
    const { trace } = await fails("// one\nconst a: number = 2\nthrow new Error(`line ${a + 1}`) // three");
    expect(trace).toMatch(/at Cell \d+, line 3, column 7\n {6}3 \| throw new Error\(`line \$\{a \+ 1\}`\) \/\/ three\n {8}\| {7}\^/);
  });

  it('error_in_function_of_earlier_cell shows both places', async () => {
    const earlier = await kernel.run("function risky(value: any) {\n  return value.missing.deep\n}");
    const number = earlier.reply.status === 'ok' ? earlier.reply.execution_count : 0;
    const { trace } = await fails('1\nrisky({})');
    expect(trace).toContain(`at risky (Cell ${number}, line 2, column 24)\n      2 |   return value.missing.deep`);
    expect(trace).toContain(`(Cell ${number}, line 2`);
    expect(trace).toMatch(/at Cell \d+, line 2, column 1/);
  });

  it('an evaluation that is not stored does not take the place of a cell in later traces', async () => {
    const earlier = await kernel.run('function fragile() {\n  throw new Error("mine")\n}');
    await kernel.run('1 // a text\n2 // that is not the cell', { silent: true, store_history: false, user_expressions: { x: '1 + 1' } });
    await kernel.run('"not stored"', { store_history: false });
    const { trace } = await fails('fragile()');
    expect(trace).toContain(`(Cell ${earlier.reply.status === 'ok' ? earlier.reply.execution_count : 0}, line 2, column 9)\n      2 |   throw new Error("mine")`);
  });

  it('error_hides_kernel_frames, also of an async function that a timer calls', async () => {
    for (const code of ['null.x', `async function f() { ${sleep(1)}; (null as any).x } await f()`, "JSON.parse('{')", "[1].map(() => { throw new Error('in a callback') })"])
      expect((await fails(code)).trace).not.toMatch(/node:internal|dist.kernel|control\.js|main\.js|runInThisContext/);
  });

  it('error_after_await_has_line', async () => {
    const { trace } = await fails(`${sleep(2)}\nconst typed: string = 'x'\nawait null\n;(undefined as any).field`);
    expect(trace).toMatch(/^TypeError: .*\n {4}at Cell \d+, line 4, column \d+\n {6}4 \| ;/);
  });

  it('error_cause_is_shown, with its own line', async () => {
    const { trace } = await fails("try {\n  throw new TypeError('the reason')\n} catch (cause) {\n  throw new Error('the outcome', { cause })\n}");
    expect(trace).toMatch(/^Error: the outcome\n {4}at Cell \d+, line 4[\s\S]*Caused by TypeError: the reason\n {4}at Cell \d+, line 2/);
  });

  it('error_own_class_and_fields', async () => {
    const { reply, trace } = await fails("class HttpError extends Error { override name = 'HttpError'; constructor(readonly status: number, readonly body = { retry: true }) { super(`status ${status}`) } } throw new HttpError(503)");
    expect(reply).toMatchObject({ ename: 'HttpError', evalue: 'status 503' });
    expect(trace).toMatch(/\{ status: 503, body: \{ retry: true \} \}/);
  });

  it.each([
    ["'a text'", "'a text'"],
    ['42', '42'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ["{ reason: 'plain' }", "{ reason: 'plain' }"],
  ])('error_thrown_non_errors: throw %s', async (thrown, shown) => {
    const { reply, trace } = await fails(`throw ${thrown}`);
    expect(reply).toMatchObject({ evalue: shown });
    expect(trace).toContain(shown);
  });

  it('await_rejection_is_the_cell_error, once', async () => {
    const { reply, stderr, types } = await fails("await Promise.reject(new Error('rejected'))");
    expect(reply).toMatchObject({ ename: 'Error', evalue: 'rejected' });
    expect(stderr).toBe('');
    expect(types.filter((type) => type === 'error')).toHaveLength(1);
  });

  it('stack_overflow', async () => {
    expect((await fails('function deeper(): number { return 1 + deeper() } deeper()')).reply).toMatchObject({ ename: 'RangeError' });
    expect(await kernel.value('1 + 1')).toBe('2');
  });

  it('an invalid array length, a regular expression and an out-of-range buffer are errors of the cell', async () => {
    for (const code of ['new Array(-1)', "new RegExp('(')", 'new ArrayBuffer(2 ** 53)', 'new Float64Array(2 ** 40)']) expect((await fails(code)).reply).toMatchObject({ status: 'error' });
    expect(await kernel.value('1 + 1')).toBe('2');
  });

  it('async_callback_error_survives, and names its cell and line', async () => {
    const { stderr, reply } = await kernel.run(`setTimeout(() => {\n  throw new Error('in a timer')\n}, 2)\n${sleep(30)}`);
    expect(reply.status).toBe('ok');
    expect(stderr).toMatch(/^Uncaught error: Error: in a timer\n {4}at .*Cell \d+, line 2, column 9\)?\n {6}2 \|/);
    expect(await kernel.value('2 + 2')).toBe('4');
  });

  it('unhandled_rejection_survives, and names its cell and line', async () => {
    const { stderr, reply } = await kernel.run(`async function forgotten() {\n  ${sleep(2)}\n  throw new Error('forgotten')\n}\nvoid forgotten()\n${sleep(30)}`);
    expect(reply.status).toBe('ok');
    expect(stderr).toMatch(/^Unhandled rejection: Error: forgotten\n {4}at forgotten \(Cell \d+, line 3/);
    expect(await kernel.value('2 + 2')).toBe('4');
  });

  it('event_emitter_error_survives', async () => {
    const { stderr } = await kernel.run(`import { EventEmitter } from 'node:events'; setTimeout(() => new EventEmitter().emit('error', new Error('nobody listens')), 2); ${sleep(30)}`);
    expect(stderr).toMatch(/Uncaught error: Error: nobody listens/);
    const direct = await fails("new EventEmitter().emit('error', new Error('at once'))");
    expect(direct.reply).toMatchObject({ evalue: 'at once' });
    expect(await kernel.value('2 + 2')).toBe('4');
  });

  it('an error below a cell that is over is shown there', async () => {
    const { messages, reply } = await kernel.run("setTimeout(() => { throw new Error('much later') }, 40)");
    const parent = messages[0]!.parent_header as { msg_id: string };
    await kernel.run(sleep(100));
    expect(kernel.collect(parent.msg_id, reply).stderr).toMatch(/much later/);
  });

  it('an error whose fields throw is shown all the same', async () => {
    const { trace } = await fails("throw Object.defineProperty(new Error('tricky'), 'stack', { get() { throw new Error('no stack') } })");
    expect(trace).toMatch(/tricky/);
    expect((await fails("throw new Proxy(new Error('inside'), { get() { throw new Error('trap') } })")).reply.status).toBe('error');
    expect(await kernel.value('3')).toBe('3');
  });
});
