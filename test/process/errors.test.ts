/** What a student reads when something goes wrong; and how a kernel process ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess } from '../../kernel/client/kernel-process.js';
import { KERNEL_FILE, NODES, TestKernel } from './harness.js';

describe.each(NODES)('errors on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    await kernel.run('// cell 1\nfunction risky(x: number): number {\n  return (x as any).missing.field\n}');
  });
  afterAll(() => kernel.stop());

  const traceback = async (code: string): Promise<string> => {
    const { reply, types } = await kernel.run(code);
    if (reply.status !== 'error') throw new Error(`${code} gave no error`);
    expect(types.filter((type) => type === 'error')).toHaveLength(1);
    return reply.traceback.join('\n');
  };

  it('name cell, line and column, show the line, and no frame of the kernel', async () => {
    const trace = await traceback('const ok = 1\n\nif (ok) {\n  undefinedName.call()\n}');
    expect(trace).toBe(
      [
        'ReferenceError: undefinedName is not defined',
        '    at Cell 2, line 4, column 3',
        '      4 |   undefinedName.call()',
        '        |   ^',
      ].join('\n'),
    );
  });

  it('point into the earlier cell whose function failed', async () => {
    const trace = await traceback('1\nrisky(5)');
    expect(trace).toMatch(/^TypeError: Cannot read properties of undefined \(reading 'field'\)\n {4}at risky \(Cell 1, line 3, column \d+\)\n {6}3 \| {3}return/);
    expect(trace).toMatch(/at Cell \d+, line 2, column 1/);
  });

  it('keep line numbers after an await, types and imports', async () => {
    const trace = await traceback("import { join } from 'node:path'\ninterface A { a: number }\nconst value: A = { a: 1 }\nawait null\nenum E { X }\nthrow new RangeError('here')");
    expect(trace).toMatch(/RangeError: here\n {4}at Cell \d+, line 6, column 7\n {6}6 \| throw new RangeError/);
  });

  it('show the cause, own fields, and values that are no errors', async () => {
    expect(await traceback("throw Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E42' })")).toMatch(/Error: outer[\s\S]*code: 'E42'[\s\S]*Caused by TypeError: inner/);
    expect(await traceback("throw { reason: 'plain' }")).toMatch(/Thrown: \{ reason: 'plain' \}/);
  });

  it('say where a cell does not parse', async () => {
    const trace = await traceback('const a = 1\nconst b = (2 + ;\n');
    expect(trace).toMatch(/^SyntaxError: .+\n {4}at Cell \d+, line 2, column 16\n {6}2 \| const b = \(2 \+ ;\n/);
    expect(await traceback('let twice = 1; let twice = 2')).toMatch(/SyntaxError: Identifier 'twice' has already been declared/);
    expect(await traceback('return 5')).toMatch(/SyntaxError/);
  });

  it('name cell and line of an import that fails, and of a module that does not parse', async () => {
    expect(await traceback("\nimport x from 'no-such-package-here'")).toMatch(/^Error: Cannot find package 'no-such-package-here'.*\n {4}at Cell \d+, line 2, column 1\n {6}2 \| import x from 'no-such-package-here'\n {8}\| \^$/);
    expect(await traceback("1;\nawait import('no-such-package-either')")).toMatch(/at Cell \d+, line 2, column \d+\n {6}2 \| await import/);
    kernel.write('bad.ts', 'export const a = 1\nexport const = 2\n');
    const trace = await traceback("import './bad'");
    expect(trace).toMatch(/SyntaxError: .*\(bad\.ts, line 2, column 14\)\n {4}at Cell \d+, line 1/);
    expect(trace).not.toMatch(/node:/);
  });

  it('show the errors inside an AggregateError', async () => {
    const trace = await traceback("await Promise.any([Promise.reject(new Error('one')), Promise.reject(new RangeError('two'))])");
    expect(trace).toMatch(/AggregateError: All promises were rejected[\s\S]*- Error: one[\s\S]*- RangeError: two/);
  });

  it('are not fooled by a message that looks like a frame', async () => {
    expect(await traceback("throw new Error('x\\n    at fake (Cell 1, line 1, column 1)')")).toMatch(/\n {4}at Cell \d+, line 1, column 7\n {6}1 \| throw/);
  });

  it('end a cell that is too deep for the compiler, and the kernel lives', async () => {
    expect(await traceback(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toMatch(/SyntaxError: .*nested too deeply/);
    expect(await kernel.value('4')).toBe('4');
  });

  it('survive a stack overflow', async () => {
    expect(await traceback('function deep(): number { return deep() + 1 } deep()')).toMatch(/RangeError: Maximum call stack size exceeded/);
    expect(await kernel.value('3')).toBe('3');
  });
});

describe('the end of a kernel', () => {
  it('a killed process fails its running cell with exit and last words, and `stopped` tells', async () => {
    const kernel = new TestKernel();
    await kernel.run('console.error("last"); 1');
    const running = kernel.process.execute({ code: 'process.kill(process.pid, "SIGKILL"); for (;;) {}' });
    await expect(running.reply).rejects.toThrow(/died \(signal SIGKILL\)/);
    expect(await kernel.process.stopped).toMatchObject({ signal: 'SIGKILL', expected: false });
    await kernel.stop();
  });

  it('process.exit in a cell gets its output out first', async () => {
    const kernel = new TestKernel();
    const running = kernel.run("console.log('goodbye'); process.exit(3)");
    const queued = kernel.process.execute({ code: '1' });
    const { reply, stdout, types } = await running;
    expect(reply).toMatchObject({ status: 'error', ename: 'ProcessExit', evalue: expect.stringContaining('process.exit(3)') });
    expect(stdout).toBe('goodbye\n');
    expect(types.at(-1)).toBe('status');
    expect((await queued.reply).content.status).toBe('aborted');
    expect(await kernel.process.stopped).toMatchObject({ code: 3, signal: null });
    await expect(kernel.process.execute({ code: '1' }).reply).rejects.toThrow(/ended \(exit code 3\).*next run starts a new kernel/);
    await kernel.stop();
  });

  it.each([
    ['process.exit()', { status: 'ok' }],
    ['process.exitCode = 7; process.exit()', { status: 'error', ename: 'ProcessExit' }],
    ['setTimeout(() => process.exit(2), 20); await new Promise(() => {})', { status: 'error', ename: 'ProcessExit' }],
  ])('process_exit_in_cell: %s ends politely', async (code, reply) => {
    const kernel = new TestKernel();
    expect((await kernel.run(code)).reply).toMatchObject(reply);
    await kernel.process.stopped;
    await kernel.stop();
  });

  it('shutdown ends an idle kernel, one in a loop, and one with open handles', async () => {
    for (const code of ['1', 'setInterval(() => 0, 1000); require("node:net").createServer().listen(0); 1', 'for (;;) {}']) {
      const kernel = new TestKernel();
      const running = kernel.run(code).catch(() => undefined);
      if (!code.startsWith('for')) await running;
      else await new Promise((resolve) => setTimeout(resolve, 400));
      const started = performance.now();
      const end = await kernel.process.shutdown();
      expect(end.expected).toBe(true);
      expect(performance.now() - started).toBeLessThan(3_000);
      await kernel.stop();
    }
  });

  it('a Node that is none is named, with what to do', async () => {
    const kernel = KernelProcess.start({ node: { path: '/no/such/node', args: [], env: {}, label: 'Node from the setting' }, kernelFile: KERNEL_FILE, cwd: process.cwd() });
    await expect(kernel.ready).rejects.toThrow(/could not start with Node from the setting \(\/no\/such\/node\)[\s\S]*patchbay\.nodePath/);
  });

  it('a kernel file that is not there says so', async () => {
    const kernel = KernelProcess.start({ node: { path: process.execPath, args: [], env: {}, label: 'Node' }, kernelFile: '/no/kernel.js', cwd: process.cwd() });
    await expect(kernel.ready).rejects.toThrow(/Cannot find module/);
  });
});
