/** What a client may do wrong, how much it may ask for, and how two of them share a kernel. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parentId } from '../../../kernel/protocol/compose.js';
import { KERNELS } from '../installed.js';
import { WireKernel, type WireClient } from './client.js';

describe.each(KERNELS)('a kernel on $label', (installed) => {
  let kernel: WireKernel;
  let client: WireClient;
  beforeAll(async () => {
    kernel = await WireKernel.start(installed);
    client = kernel.client;
  });
  afterAll(() => kernel.stop());

  const replies = (id: string) => client.messages.filter((message) => message.channel !== 'iopub' && parentId(message) === id);

  describe('what it does not take', () => {
    it('bad_signature_is_ignored', async () => {
      const liar = kernel.connect('another key');
      const lie = await liar.send('shell', 'execute_request', { code: 'globalThis.lied = true' });
      expect((await client.run('typeof lied')).result).toBe("'undefined'");
      expect(client.of(lie.header.msg_id)).toEqual([]);
      expect(kernel.stderr).toContain('patchbay: a message was dropped: its signature is wrong');
    });

    it('a message that is sent again', async () => {
      await client.run('let times = 0');
      const message = client.composer.compose('shell', 'execute_request', { code: 'times++', silent: false });
      const frames = client.wire.encode(message, []);
      await client.sendFrames('shell', frames);
      await client.replyTo(message.header);
      await client.sendFrames('shell', frames);
      expect((await client.run('times')).result).toBe('1');
      expect(kernel.stderr).toContain('its signature was used before');
    });

    it.each([
      ['one frame', ['garbage']],
      ['no frames but the delimiter', ['<IDS|MSG>']],
      ['an unsigned message', ['<IDS|MSG>', '', '{}', '{}', '{}', '{}']],
      ['bytes that are no text', [Buffer.from([255, 254]), Buffer.from([0])]],
    ])('%s', async (_what, frames) => {
      for (const channel of ['shell', 'control', 'stdin'] as const) await client.sendFrames(channel, [...frames]);
      expect((await client.run('1 + 1')).result).toBe('2');
    });

    it('unknown_message_type', async () => {
      const { header } = await client.send('shell', 'frobnicate_request', {});
      for (const name of ['constructor', 'toString', '__proto__']) await client.send('shell', name, {});
      expect((await client.run('1 + 1')).result).toBe('2');
      expect(replies(header.msg_id)).toEqual([]);
      expect(kernel.stderr).toContain('a message of the unknown type frobnicate_request is left alone');
    });
  });

  describe('two_clients', () => {
    it('each gets its own replies, and both hear what is shown', async () => {
      const other = kernel.connect();
      await other.join();
      const [mine, theirs] = await Promise.all([client.execute('"mine"'), other.execute('"theirs"')]);
      const [first, second] = await Promise.all([client.finish(mine), other.finish(theirs)]);
      expect([first.result, second.result]).toEqual(["'mine'", "'theirs'"]);
      expect(replies(theirs.header.msg_id)).toEqual([]);
      await client.until(() => client.of(theirs.header.msg_id).find(({ header }) => header.msg_type === 'execute_result'), "the other client's result");
      expect(client.of(theirs.header.msg_id).map(({ header }) => header.msg_type)).toContain('execute_input');
    });

    it('a question goes to the client that ran the cell', async () => {
      const other = kernel.connect();
      await other.join();
      const cell = await other.execute("import { input } from 'patchbay'; await input('who? ')", { allow_stdin: true });
      const question = await other.until(() => other.messages.find(({ channel }) => channel === 'stdin'), 'the question', 30_000);
      expect(question).toMatchObject({ header: { msg_type: 'input_request' }, parent_header: cell.header, content: { prompt: 'who? ', password: false } });
      expect(client.messages.filter(({ channel }) => channel === 'stdin')).toEqual([]);
      // As jupyter_client sends it: without a parent.
      await other.send('stdin', 'input_reply', { value: 'them' });
      expect((await other.finish(cell)).result).toBe("'them'");
    });
  });

  describe('amounts', () => {
    it('output_10k_lines_before_idle', async () => {
      const { stdout, types } = await client.run('for (let i = 0; i < 10_000; i++) console.log(i);');
      expect(stdout).toBe(Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
      expect(types.at(-1)).toBe('status');
      expect(types.length).toBeLessThan(1_000);
    });

    it('slow_client_gets_all_10k_lines', async () => {
      const slow = kernel.connect();
      await slow.join();
      const cell = await slow.execute('for (let i = 0; i < 10_000; i++) { process.stdout.write(`${i} `); process.stderr.write("x") }');
      const until = Date.now() + 700;
      while (Date.now() < until); // reads nothing meanwhile
      const { stdout, stderr } = await slow.finish(cell);
      expect(stdout).toBe(Array.from({ length: 10_000 }, (_, i) => `${i} `).join(''));
      expect(stderr).toHaveLength(10_000);
    });

    it('output_50MB_string', async () => {
      const { stdout } = await client.run("console.log('0123456789'.repeat(5e6))");
      expect(stdout.length).toBe(50_000_001);
      expect((await client.run("'y'.repeat(5)")).result).toBe("'yyyyy'");
    });

    it('a request of 50 MB, and a buffer of 50 MB each way', async () => {
      const request = await client.send('shell', 'execute_request', { code: '1 + 1', silent: false }, { metadata: { big: 'z'.repeat(50e6) } });
      expect((await client.replyTo(request.header)).content['status']).toBe('ok');
      await client.run("import { comm } from 'patchbay'; comm.registerTarget('big', (c) => c.onMessage((_data, { buffers }) => c.send({}, { buffers })));");
      await client.send('shell', 'comm_open', { comm_id: 'big', target_name: 'big', data: {} });
      const buffer = Buffer.alloc(50e6, 7);
      const { header } = await client.send('shell', 'comm_msg', { comm_id: 'big', data: {} }, { buffers: [buffer] });
      await client.idle(header);
      const [answer] = client.of(header.msg_id).filter((message) => message.header.msg_type === 'comm_msg');
      expect(buffer.equals(answer?.buffers[0] ?? Buffer.alloc(0))).toBe(true);
    });

    it('display_png_5MB', async () => {
      await client.run("import { display } from 'patchbay'");
      const { messages } = await client.run("display({ 'image/png': Buffer.alloc(5e6, 1).toString('base64') })");
      const shown = messages.find(({ header }) => header.msg_type === 'display_data')?.content['data'] as Record<string, string>;
      expect(shown['image/png']).toHaveLength(Math.ceil(5e6 / 3) * 4);
    });

    it('stdout_write_of_split_utf8, lone_surrogate_output', async () => {
      const { stdout } = await client.run("const bytes = Buffer.from('ä😀'); for (const byte of bytes) process.stdout.write(Buffer.of(byte)); console.log('a\\ud83d|\\ude00z')");
      expect(stdout).toBe('ä😀a\ufffd|\ufffdz\n');
    });

    it('late output comes with the cell that caused it', async () => {
      const request = await client.execute("setTimeout(() => console.log('late'), 150); 1");
      await client.finish(request);
      const busy = await client.execute('for (const until = Date.now() + 300; Date.now() < until; );');
      await client.finish(busy);
      await client.until(() => client.of(request.header.msg_id).find(({ content }) => content['text'] === 'late\n'), 'late output');
    });
  });

  describe('while a cell loops', () => {
    let looping: Awaited<ReturnType<WireClient['execute']>>;
    beforeAll(async () => {
      looping = await client.execute('let turns = 0; while (true) turns++;');
      await client.until(() => client.of(looping.header.msg_id).find(({ header }) => header.msg_type === 'execute_input'), 'its input');
      await sleep(50);
    });

    it('heartbeat_during_busy_loop', async () => {
      for (let i = 0; i < 5; i++) expect(await client.heartbeat()).toBeLessThan(1_000);
    });

    it('control_channel_during_busy_loop', async () => {
      expect(await client.ask('control', 'kernel_info_request')).toMatchObject({ status: 'ok' });
      expect(await client.ask('shell', 'is_complete_request', { code: '1' })).toEqual({ status: 'complete' });
    });

    it('interrupt_request_on_control, interrupt_drops_the_queue', async () => {
      const queued = await client.execute('globalThis.wasRun = 1');
      expect(await client.ask('control', 'interrupt_request')).toEqual({ status: 'ok' });
      const [stopped, dropped] = [await client.finish(looping), await client.finish(queued)];
      expect(stopped.reply).toMatchObject({ status: 'error', ename: 'Interrupted' });
      expect(dropped.reply.status).toBe('aborted');
      expect((await client.run('[turns > 0, typeof wasRun]')).result).toBe("[ true, 'undefined' ]");
    });

    it('interrupt_when_idle', async () => {
      expect(await client.ask('control', 'interrupt_request')).toEqual({ status: 'ok' });
      expect((await client.run('1 + 1')).result).toBe('2');
    });

    it('stdin_interrupted_while_waiting', async () => {
      const asking = await client.execute("import { input } from 'patchbay'; await input('?')", { allow_stdin: true });
      await client.until(() => client.messages.find((message) => message.channel === 'stdin' && parentId(message) === asking.header.msg_id), 'the question');
      await client.ask('control', 'interrupt_request');
      expect((await client.finish(asking)).reply.status).toBe('error');
      const again = await client.execute("await input('again?')", { allow_stdin: true });
      await client.until(() => client.messages.find((message) => message.channel === 'stdin' && parentId(message) === again.header.msg_id), 'the second question');
      await client.send('stdin', 'input_reply', { value: 'now' });
      expect((await client.finish(again)).result).toBe("'now'");
    });
  });
});

describe('a kernel without a key', () => {
  it('takes messages that are not signed, and signs none', async () => {
    const kernel = await WireKernel.start(KERNELS[0]!, { connection: { key: '' } });
    expect((await kernel.client.run('1 + 1')).result).toBe('2');
    await kernel.stop();
  });
});
