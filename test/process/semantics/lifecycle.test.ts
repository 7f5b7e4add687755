/** How a kernel ends: asked to, by accident, by force. Each end says what happened, and the next start works. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { memoryArguments } from '../../../extension/kernel-client/memory-limit.js';
import { NODE_FLAGS } from '../../../kernel/client/kernel-process.js';
import { MessageComposer } from '../../../kernel/protocol/compose.js';
import { encodeFrame } from '../../../kernel/protocol/frame.js';
import { KERNEL_FILE, NODES, TestKernel } from '../harness.js';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function nextStartWorks(node: string): Promise<void> {
  const next = new TestKernel(node);
  expect(await next.value('1 + 1')).toBe('2');
  await next.stop();
}

/** A kernel process whose pipe this test writes to by hand. */
function rawKernel(node: string): { child: ChildProcess; pipe: Duplex; end: Promise<{ code: number | null; stderr: string }> } {
  const child = spawn(node, [...NODE_FLAGS, KERNEL_FILE], { cwd: path.resolve('test'), stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  const pipe = child.stdio[3] as Duplex;
  pipe.on('error', () => undefined);
  return { child, pipe, end: new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr }))) };
}

describe.each(NODES)('the end of a kernel on $label', ({ path: node }) => {
  it.each([
    ['shutdown_reply_and_exit', '1', 'control'],
    ['shutdown_restart_true', '1', 'shell'],
    ['shutdown_during_busy_loop', "console.log('busy'); for (;;);", 'control'],
    ['shutdown_with_open_handles', "setInterval(() => 0, 1000); require('node:net').createServer().listen(0); require('node:child_process').spawn('sleep', ['60']); console.log('busy'); await new Promise(() => {})", 'control'],
  ] as const)('%s: replied to, and gone within a moment', async (name, code, channel) => {
    const kernel = new TestKernel(node);
    const running = kernel.run(code).catch(() => undefined);
    if (code.includes('busy')) await kernel.untilPrinted('busy');
    else await running;
    const restart = name === 'shutdown_restart_true';
    const started = performance.now();
    const { content } = await kernel.process.request(channel, 'shutdown_request', { restart }, 2_000);
    expect(content).toEqual({ status: 'ok', restart });
    const { code: exitCode, signal } = await kernel.process.stopped;
    expect(performance.now() - started).toBeLessThan(2_000);
    if (!code.includes('busy')) expect([exitCode, signal]).toEqual([0, null]);
    await kernel.stop();
  });

  it('sigterm_ends_the_kernel, also in a loop', async () => {
    for (const code of ['1', "console.log('busy'); for (;;);"]) {
      const kernel = new TestKernel(node);
      const running = kernel.run(code).catch((error: unknown) => error);
      if (code.includes('busy')) await kernel.untilPrinted('busy');
      else await running;
      process.kill(kernel.process.pid!, 'SIGTERM');
      expect(await kernel.process.stopped).toMatchObject({ signal: 'SIGTERM', expected: false });
      await kernel.stop();
    }
  });

  it('SIGKILL in the middle of a cell: the cell fails with the signal, what waits too', async () => {
    const kernel = new TestKernel(node);
    const running = kernel.process.execute({ code: "console.log('busy'); for (;;);" });
    const waiting = kernel.process.execute({ code: '2' });
    await kernel.untilPrinted('busy');
    process.kill(kernel.process.pid!, 'SIGKILL');
    for (const { reply } of [running, waiting]) await expect(reply).rejects.toThrow(/^The kernel died \(signal SIGKILL\)\. It was ended from outside.*next run starts a new kernel/);
    await kernel.stop();
    await nextStartWorks(node);
  });

  it('out of memory: the cell says so, and how to raise the limit', async () => {
    const kernel = new TestKernel(node, {}, { NODE_OPTIONS: '--max-old-space-size=200' });
    await kernel.run("console.log('before')");
    const { reply } = kernel.process.execute({ code: "const hoard: unknown[] = []; for (;;) hoard.push(new Array(1000).fill('x'.repeat(10)).map((x, i) => x + i))" });
    await expect(reply).rejects.toThrow(/^The kernel ran out of memory: its JavaScript heap had reached (1|2)\d\d MB\. Its variables are lost.*NODE_OPTIONS=--max-old-space-size=8192/);
    await kernel.stop();
    await nextStartWorks(node);
  });

  it('has as much memory as its client says, whatever the environment says', async () => {
    const kernel = new TestKernel(node, {}, { NODE_OPTIONS: '--max-old-space-size=200' }, memoryArguments(321));
    const limit = Number(await kernel.value("(await import('node:v8')).getHeapStatistics().heap_size_limit / 2 ** 20"));
    expect(limit).toBeGreaterThanOrEqual(321);
    expect(limit).toBeLessThan(800); // V8 adds its young generation, of 48 to 192 MB
    await kernel.stop();
  });

  it('an allocation that is too large is an error of the cell, and the kernel lives', async () => {
    const kernel = new TestKernel(node);
    expect((await kernel.run("'x'.repeat(2 ** 30)")).reply).toMatchObject({ ename: 'RangeError' });
    expect((await kernel.run('new Float64Array(2 ** 33)')).reply).toMatchObject({ ename: 'RangeError' });
    expect(await kernel.value('1')).toBe('1');
    await kernel.stop();
  });

  it.each([
    ['that is text', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['that announces too much', Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4])],
    ['whose JSON is none', Buffer.concat([Buffer.from([0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 4]), Buffer.from('{no}')])],
    ['that is JSON and no message', Buffer.concat([Buffer.from([0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 2]), Buffer.from('{}')])],
  ])('a frame %s ends the kernel with a message', async (_name, bytes) => {
    const { pipe, end } = rawKernel(node);
    pipe.write(bytes);
    const { code, stderr } = await end;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^patchbay: the kernel ends itself: .+\n$/);
    expect(stderr).not.toContain('the client closed the connection');
    await nextStartWorks(node);
  });

  it('a message of an unknown type, or whose content makes no sense, is left alone', async () => {
    const { child, pipe, end } = rawKernel(node);
    const composer = new MessageComposer('raw');
    const utf8 = { encode: (text: string) => Buffer.from(text), decode: (bytes: Uint8Array) => Buffer.from(bytes).toString() };
    const send = (channel: 'shell' | 'control', type: string, content: Record<string, unknown>): boolean => pipe.write(encodeFrame(composer.compose(channel, type, content), utf8));
    let received = '';
    pipe.on('data', (data: Buffer) => (received += data.toString()));
    send('shell', 'no_such_request', {});
    send('shell', 'execute_request', { code: 5, user_expressions: 'x', silent: 'no' });
    send('shell', 'execute_request', {});
    send('control', 'kernel_info_request', {});
    for (let i = 0; i < 500 && !received.includes('kernel_info_reply'); i++) await sleep(10);
    expect(received).toContain('kernel_info_reply');
    send('shell', 'execute_request', { code: '40 + 2' });
    for (let i = 0; i < 500 && !received.includes('"42"'); i++) await sleep(10);
    expect(received).toContain('"text/plain":"42"');
    child.kill();
    await end;
  });

  it('what the kernel writes to its pipe that is no frame ends it with a message', async () => {
    const kernel = new TestKernel(node);
    await kernel.run('1');
    const { reply } = kernel.process.execute({ code: "require('node:fs').writeSync(3, 'GARBAGE! '.repeat(100)); await new Promise(() => {})" });
    await expect(reply).rejects.toThrow(/unreadable data from the kernel/);
    await kernel.stop();
    await nextStartWorks(node);
  });

  it.each([
    ['while it is idle', undefined],
    ['while a cell loops', "require('node:fs').writeSync(1, 'looping'); for (;;);"],
    ['while a cell prints', "require('node:fs').writeSync(1, 'looping'); for (;;) console.log('x'.repeat(1000))"],
    ['while a cell waits for input', "prompt('?')"],
  ])('a client that goes away %s: the kernel ends itself', async (_name, code) => {
    const { child, pipe, end } = rawKernel(node);
    const composer = new MessageComposer('raw');
    const utf8 = { encode: (text: string) => Buffer.from(text), decode: (bytes: Uint8Array) => Buffer.from(bytes).toString() };
    let seen = '';
    child.stdout?.on('data', (data: Buffer) => (seen += data.toString()));
    pipe.on('data', (data: Buffer) => (seen += data.toString()));
    const request = code === undefined ? composer.compose('control', 'kernel_info_request', {}) : composer.compose('shell', 'execute_request', { code });
    pipe.write(encodeFrame(request, utf8));
    const sign = code === undefined ? 'kernel_info_reply' : code.includes('looping') ? 'looping' : 'input_request';
    for (let i = 0; i < 1_000 && !seen.includes(sign); i++) await sleep(10);
    expect(seen).toContain(sign);
    pipe.destroy();
    const { stderr } = await Promise.race([end, sleep(5_000).then(() => ({ stderr: 'it still runs' }))]);
    expect(stderr).toMatch(/the kernel ends itself: the client closed the connection/);
  });

  it('process.exit with 50 MB of output behind it sends all of it first', async () => {
    const kernel = new TestKernel(node);
    const run = await kernel.run("console.log('z'.repeat(50_000_000)); process.exit(0)");
    expect(run.stdout).toHaveLength(50_000_001);
    expect(run.reply.status).toBe('ok');
    await kernel.process.stopped;
    await kernel.stop();
  });
});
