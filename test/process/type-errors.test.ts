/** Type errors of cells, as a Jupyter client meets them; over the pipe it is the request that asks for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel, type CellRun } from './harness.js';

describe.each(NODES)('type errors of cells on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => {
    kernel = new TestKernel(node, { 'helper.ts': 'export const count: number = 1;\n' });
  });
  afterAll(() => kernel.stop());

  /** Runs a cell; `printed` is what stands on its stderr once the text has come. */
  async function run(code: string, mode = 'show'): Promise<CellRun & { readonly msgId: string }> {
    const { msgId, reply } = kernel.process.execute({ code }, { patchbay_type_errors: mode });
    const { content } = await reply;
    await kernel.until(() => kernel.of(msgId).some((message) => message.content['execution_state'] === 'idle'), `idle of ${code}`);
    return { ...kernel.collect(msgId, content), msgId };
  }
  const stderrOf = (msgId: string): string => kernel.of(msgId).filter(({ content }) => content['name'] === 'stderr').map(({ content }) => String(content['text'])).join('');
  const untilStderr = (msgId: string): Promise<void> => kernel.until(() => stderrOf(msgId) !== '', 'type errors', 30_000);

  it('type_error_reported_with_line', async () => {
    const cell = await run("const fine = 1;\nconst wrong: number = 'text';\nwrong");
    expect(cell.reply.status).toBe('ok');
    expect(cell.result).toBe("'text'");
    await untilStderr(cell.msgId);
    expect(stderrOf(cell.msgId)).toBe("Cell 1, line 2: Type 'string' is not assignable to type 'number'. (TS2322)\n");
    expect(kernel.of(cell.msgId).at(-1)?.header.msg_type).toBe('stream');
  });

  it('unused_type_error_does_not_poison', async () => {
    const bad = await run('function neverCalled(): string { return 5 }');
    const next = await run('const after = 1 + 1; after');
    expect(next.result).toBe('2');
    await untilStderr(bad.msgId);
    expect(stderrOf(next.msgId)).toBe('');
  });

  it('sees types of earlier cells, and assignments to their variables', async () => {
    await run("let total = 1; import { count } from './helper'; const names = []; names.push('a'); type Pair<T> = [T, T];");
    const good = await run("total += count; names.push('b'); let x; x = 3; const pair: Pair<number> = [1, 2]; export const exported = await Promise.resolve(pair[0]); function f(a) { return a } f(1)");
    const bad = await run("total = 'text';\nconst pair2: Pair<number> = [1, 'b'];\nexported.nothing");
    await untilStderr(bad.msgId);
    expect(stderrOf(bad.msgId).split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^Cell \d+, line 1: Type 'string' is not assignable to type 'number'\. \(TS2322\)$/),
      expect.stringMatching(/^Cell \d+, line 2: Type 'string' is not assignable to type 'number'\. \(TS2322\)$/),
      expect.stringMatching(/^Cell \d+, line 3: Property 'nothing' does not exist on type 'number'\. \(TS2339\)$/),
    ]);
    expect(stderrOf(good.msgId)).toBe('');
  });

  it('says nothing when told to ignore them, and by default over the pipe', async () => {
    const ignored = await run('const a: string = 1', 'ignore');
    const { msgId, reply } = kernel.process.execute({ code: 'const b: string = 1' });
    await reply;
    const shown = await run('const c: string = 1');
    await untilStderr(shown.msgId);
    expect([stderrOf(ignored.msgId), stderrOf(msgId)]).toEqual(['', '']);
  });

  it('does not run a cell with errors when told to block, and says why', async () => {
    await run('const known = 1', 'block');
    const blocked = await run("console.log('ran');\nknown.nothing", 'block');
    expect(blocked.reply).toMatchObject({ status: 'error', ename: 'TypeCheckError', traceback: [expect.stringContaining('was not run, because it has type errors'), expect.stringMatching(/^Cell \d+, line 2: Property 'nothing' does not exist/), expect.stringContaining('patchbay.typeErrors')] });
    expect(blocked.stdout).toBe('');
    const right = await run("console.log('ran', known)", 'block');
    expect(right.stdout).toBe('ran 1\n');
  });

  it('leaves nothing in the log', () => expect(kernel.log).toEqual([]));
});
