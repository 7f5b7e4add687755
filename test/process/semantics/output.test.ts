/** Streams: whole, in order, under the right cell, before idle. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../../kernel/protocol/messages.js';
import { NODES, TestKernel, type CellRun } from '../harness.js';

const sleep = (ms: number): string => `await new Promise((done) => setTimeout(done, ${ms}))`;
const idOf = (run: CellRun): string => (run.messages[0]!.parent_header as { msg_id: string }).msg_id;
const isIdle = ({ header, content }: Message): boolean => header.msg_type === 'status' && content['execution_state'] === 'idle';

describe.each(NODES)('output on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());

  it('stdout_and_stderr', async () => {
    const { stdout, stderr } = await kernel.run("console.log('out'); console.error('err'); process.stdout.write('raw'); process.stderr.write('raw too')");
    expect([stdout, stderr]).toEqual(['out\nraw', 'err\nraw too']);
  });

  it('order_of_streams', async () => {
    const { messages } = await kernel.run("for (let i = 0; i < 50; i++) { console.log('o' + i); console.error('e' + i) }");
    const text = messages.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => content['text']).join('');
    expect(text).toBe(Array.from({ length: 50 }, (_, i) => `o${i}\ne${i}\n`).join(''));
  });

  it('order_with_display', async () => {
    const { types } = await kernel.run("const { display } = await import('patchbay'); console.log(1); display.text('2'); console.log(3); display.text('4'); 5");
    expect(types.filter((type) => type !== 'status' && type !== 'execute_input').slice(-5)).toEqual(['stream', 'display_data', 'stream', 'display_data', 'execute_result']);
  });

  it('all_output_before_idle, also what was written with a callback', async () => {
    const run = await kernel.run(`process.stdout.write('first\\n', () => console.log('called back')); process.nextTick(() => console.log('tick')); ${sleep(5)}; console.log('last')`);
    expect(run.stdout).toBe('first\ntick\ncalled back\nlast\n'.replace('tick\ncalled back', 'called back\ntick'));
    expect(isIdle(run.messages.at(-1)!)).toBe(true);
  });

  it('stdout_write_of_split_utf8, also over two cells', async () => {
    const { stdout } = await kernel.run("const euro = Buffer.from('€'); process.stdout.write(euro.subarray(0, 1)); process.stdout.write(euro.subarray(1)); process.stderr.write(euro.subarray(0, 2)); process.stderr.write(euro.subarray(2))");
    expect(stdout).toBe('€');
    expect((await kernel.run('process.stdout.write(euro.subarray(0, 2)); 0')).stdout).toBe('');
    expect((await kernel.run('process.stdout.write(euro.subarray(2)); 0')).stdout).toBe('€');
  });

  it('lone_surrogate_output', async () => {
    const { stdout, result } = await kernel.run("console.log('a\\ud83dz'); '\\udc00'");
    expect(stdout).toMatch(/^a.+z\n$/u);
    expect(result).toBe("'\\udc00'");
    expect((await kernel.run("throw new Error('\\ud83d')")).reply).toMatchObject({ evalue: '\ufffd' });
    expect(await kernel.value('1')).toBe('1');
  });

  it('carriage_return_passes', async () => expect((await kernel.run("process.stdout.write('10 %\\r20 %\\r\\n')")).stdout).toBe('10 %\r20 %\r\n'));

  it('utf8_and_escapes', async () => expect((await kernel.run("console.log('Grüße 你好 🎉 \\u001b[31mred\\u001b[0m \\t\\0 \\u2028 \"quoted\" \\\\')")).stdout).toBe('Grüße 你好 🎉 \u001b[31mred\u001b[0m \t\0 \u2028 "quoted" \\\n'));

  it('output_arrives_while_awaiting', async () => {
    const running = kernel.run(`console.log('before the wait'); ${sleep(400)}; console.log('after it')`);
    await kernel.untilPrinted('before the wait');
    expect(kernel.messages.some(({ content }) => String(content['text']).includes('after it'))).toBe(false);
    await running;
  });

  it('output_arrives_during_busy_loop', async () => {
    const running = kernel.run("console.log('busy now'); const until = Date.now() + 400; while (Date.now() < until); console.log('busy no more')");
    await kernel.untilPrinted('busy now');
    expect(kernel.messages.some(({ content }) => String(content['text']).includes('busy no more'))).toBe(false);
    await running;
  });

  it('late_output_keeps_its_parent, late_output_while_another_cell_runs', async () => {
    const first = await kernel.run("setTimeout(() => console.log('timer'), 40); setInterval(function () { console.log('interval'); clearInterval(this as any) }, 50); void (async () => { await new Promise((done) => setTimeout(done, 60)); console.log('async') })(); require('node:fs').stat('.', () => setTimeout(() => console.log('file'), 70)); 0");
    const second = await kernel.run(`console.log('mine'); ${sleep(50)}; console.log('mine too'); ${sleep(100)}`);
    expect(second.stdout).toBe('mine\nmine too\n');
    expect(kernel.collect(idOf(first), first.reply).stdout.split('\n').sort()).toEqual(['', 'async', 'file', 'interval', 'timer']);
  });

  it('what servers, streams, child processes and their callbacks print comes under the cell that made them', async () => {
    const code = `
      import http from 'node:http'; import { execFile, spawn } from 'node:child_process'; import { readFile } from 'node:fs'; import { promisify } from 'node:util';
      const server = http.createServer((request, response) => { console.log('request'); response.end('hi') });
      await new Promise<void>((done) => server.listen(0, done));
      const { port } = server.address() as any;
      setTimeout(() => http.get({ port }, (response) => response.on('data', (data) => console.log('data', String(data))).on('end', () => server.close(() => console.log('closed')))), 30);
      spawn(process.execPath, ['-e', 'setTimeout(() => console.log("child"), 30)']).stdout.on('data', (data) => process.stdout.write(data));
      execFile(process.execPath, ['-e', 'setTimeout(() => console.log(1), 30)'], () => console.log('executed'));
      readFile('.', (error) => setTimeout(() => console.log(error!.code), 30));
      promisify(execFile)(process.execPath, ['-e', 'console.log(2)']).then(({ stdout }) => console.log('promised', stdout.trim()));
      0`;
    const first = await kernel.run(code);
    const id = idOf(first);
    const expected = ['EISDIR', 'child', 'closed', 'data hi', 'executed', 'promised 2', 'request'];
    let others = '';
    for (let i = 0; i < 100 && kernel.collect(id, first.reply).stdout.trim().split('\n').length < expected.length; i++) others += (await kernel.run(sleep(30))).stdout;
    expect(others).toBe('');
    expect(kernel.collect(id, first.reply).stdout.trim().split('\n').sort()).toEqual(expected);
  });

  it('late_output_with_no_next_cell', async () => {
    const run = await kernel.run("setTimeout(() => console.log('alone'), 30); 0");
    await kernel.untilPrinted('alone');
    expect(kernel.collect(idOf(run), run.reply).stdout).toBe('alone\n');
  });

  it.each([
    ['output_10k_lines_before_idle', "for (let i = 0; i < 10_000; i++) console.log('line', i)"],
    ['lines with turns of the event loop between', "for (let i = 0; i < 10_000; i++) { console.log('line', i); if (i % 500 === 0) await new Promise((done) => setImmediate(done)) }"],
  ])('%s', async (_name, code) => {
    const { stdout, messages } = await kernel.run(code);
    expect(stdout).toBe(Array.from({ length: 10_000 }, (_, i) => `line ${i}\n`).join(''));
    expect(isIdle(messages.at(-1)!)).toBe(true);
  });

  it('output_50MB_string', async () => {
    const { stdout, reply } = await kernel.run("console.log('z'.repeat(50_000_000)); 'then'");
    expect(reply.status).toBe('ok');
    expect(stdout).toHaveLength(50_000_001);
    kernel.messages.length = 0;
  });
});

describe('a client that is slow', () => {
  it('slow_client_gets_all_10k_lines: one that reads nothing for a while', async () => {
    const kernel = new TestKernel();
    await kernel.run('1');
    const { msgId, reply } = kernel.process.execute({ code: "for (let i = 0; i < 10_000; i++) console.log('line', i, 'x'.repeat(1_000))" });
    const until = performance.now() + 1_500;
    while (performance.now() < until); // this thread reads nothing
    const { content } = await reply;
    await kernel.until(() => kernel.of(msgId).some(isIdle), 'idle');
    const lines = kernel.collect(msgId, content).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(10_000);
    expect(lines.every((line, i) => line.startsWith(`line ${i} `))).toBe(true);
    await kernel.stop();
  });

  it('a cell that prints without end waits for it, and takes no more memory', async () => {
    const kernel = new TestKernel();
    await kernel.run("const text = 'y'.repeat(100_000)");
    const running = kernel.run('for (;;) console.log(text)');
    const until = performance.now() + 2_000;
    while (performance.now() < until);
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    const rss = Number(await kernel.value('Math.round(process.resourceUsage().maxRSS / 1024)'));
    expect(rss).toBeLessThan(700);
    await kernel.stop();
  });
});
