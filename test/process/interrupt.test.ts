/** Interrupts keep the process and its variables, whatever runs. On every Node the kernel must run on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from './harness.js';

const LOOPS: readonly (readonly [name: string, code: string])[] = [
  ['a loop', 'while (true) {}'],
  ['a loop after an await', 'await null; while (true) {}'],
  ['a loop after an awaited timer', 'await new Promise((done) => setTimeout(done, 5)); while (true) {}'],
  ['a loop in a timer callback', 'await new Promise(() => setTimeout(() => { while (true) {} }, 5))'],
  ['a loop in setImmediate', 'await new Promise(() => setImmediate(() => { while (true) {} }))'],
  ['a loop in a microtask', 'await new Promise(() => queueMicrotask(() => { while (true) {} }))'],
  ['a loop of microtasks', 'for (;;) await null'],
  ['an await that never resolves', 'await new Promise(() => undefined)'],
  ['an async loop with sleeps', 'for (;;) await new Promise((done) => setTimeout(done, 3))'],
  ['a loop that prints', "for (;;) console.log('x')"],
  ['a loop with try and finally', 'for (;;) { try { for (;;) {} } finally { continue } }'],
  ['a loop inside a function of an earlier cell', 'forever()'],
  ['a child process', "require('node:child_process').execSync('sleep 0.4', { stdio: 'ignore' }); for (;;) {}"],
];

describe.each(NODES)('interrupt on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    await kernel.run('let counter = 1; const kept = { deep: [1, 2, 3] }; function forever() { for (;;) {} }');
  });
  afterAll(() => kernel.stop());

  it.each(LOOPS)('%s', async (_name, code) => {
    const running = kernel.run(code);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const started = performance.now();
    await kernel.process.interrupt();
    const { reply } = await running;
    const ms = performance.now() - started;
    expect(reply).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect(ms).toBeLessThan(1_500);
    expect(await kernel.value('counter += 1; [counter, kept.deep[2]]')).toMatch(/^\[ \d+, 3 \]$/);
  });

  it('ten in a row', async () => {
    for (let i = 0; i < 10; i++) {
      const running = kernel.run(i % 2 ? 'while (true) {}' : 'await null; for (;;) {}');
      await new Promise((resolve) => setTimeout(resolve, 15));
      await kernel.process.interrupt();
      expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    }
    expect(await kernel.value('kept.deep.length')).toBe('3');
  });

  it('nothing of an interrupted async loop runs on', async () => {
    const running = kernel.run("globalThis.turns = 0; for (;;) { turns++; await new Promise((done) => setTimeout(done, 2)) }");
    await new Promise((resolve) => setTimeout(resolve, 40));
    await kernel.process.interrupt();
    await running;
    const first = await kernel.value('turns');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await kernel.value('turns')).toBe(first);
  });

  it.each([
    ['files', "const fsp = require('node:fs/promises'); while (true) { turns++; await fsp.stat('.') }"],
    ['files, in a function that catches', "const { stat } = require('node:fs/promises'); async function poll() { for (;;) { try { turns++; await stat('.') } catch { } finally { turns++ } } } await poll()"],
    ['timers of timers/promises', "import { setInterval as every } from 'node:timers/promises'; for await (const _ of every(2)) turns++"],
    ['an async generator', "const { stat: look } = require('node:fs/promises'); async function* walk() { for (;;) { await look('.'); yield ++turns } } for await (const _ of walk()) ;"],
  ])('nothing of a loop that waits for %s runs on', async (_name, code) => {
    await kernel.run('globalThis.turns = 0');
    const running = kernel.run(code);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const first = await kernel.value('turns');
    expect(Number(first)).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await kernel.value('turns')).toBe(first);
  });

  it('when nothing runs does nothing', async () => {
    await kernel.process.interrupt();
    expect(await kernel.value('1 + 1')).toBe('2');
  });

  it('a module that was interrupted while it loaded loads anew', async () => {
    kernel.write('slow.ts', "export const late = 7;\nif (globalThis.hang) while (true) {}\n");
    await kernel.run('globalThis.hang = true');
    const running = kernel.run("import { late } from './slow'");
    await new Promise((resolve) => setTimeout(resolve, 60));
    await kernel.process.interrupt();
    await running;
    await kernel.run('globalThis.hang = false');
    expect(await kernel.value("import { late } from './slow'; late")).toBe('7');
  });

  it('drops the cells behind it', async () => {
    const running = kernel.run('while (true) {}');
    const behind = kernel.process.execute({ code: 'globalThis.ran = true' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await kernel.process.interrupt();
    await running;
    expect((await behind.reply).content.status).toBe('aborted');
    expect(await kernel.value('typeof ran')).toBe("'undefined'");
  });

  it('answers while a cell is busy', async () => {
    const running = kernel.run('while (true) {}');
    await new Promise((resolve) => setTimeout(resolve, 30));
    const started = performance.now();
    await kernel.process.request('control', 'kernel_info_request', {}, 2_000);
    expect(performance.now() - started).toBeLessThan(500);
    await kernel.process.interrupt();
    await running;
  });
});
