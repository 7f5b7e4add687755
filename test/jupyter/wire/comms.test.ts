/** Comms between a client and code of the notebook. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KERNELS } from '../installed.js';
import { WireKernel, type WireClient } from './client.js';

describe.each(KERNELS)('comms on $label', (installed) => {
  let kernel: WireKernel;
  let client: WireClient;
  beforeAll(async () => {
    kernel = await WireKernel.start(installed);
    client = kernel.client;
  });
  afterAll(() => kernel.stop());

  const sendComm = async (type: string, content: object, buffers: Uint8Array[] = []) => {
    const { header } = await client.send('shell', type, content, { buffers });
    await client.idle(header);
    return client.of(header.msg_id);
  };
  const info = (content = {}) => client.ask<{ comms: object }>('shell', 'comm_info_request', content).then(({ comms }) => comms);

  it('comm_open_to_unknown_target_is_closed, before anything was imported', async () => {
    const messages = await sendComm('comm_open', { comm_id: 'lost', target_name: 'nobody', data: {} });
    expect(messages.map(({ header, content }) => [header.msg_type, content])).toEqual([
      ['status', { execution_state: 'busy' }],
      ['comm_close', { comm_id: 'lost', data: {} }],
      ['status', { execution_state: 'idle' }],
    ]);
    expect(await info()).toEqual({});
  });

  it('a target that a cell registers answers, with buffers; what it prints belongs to the message', async () => {
    await client.run("import { comm } from 'patchbay'; comm.registerTarget('echo', (c, first) => { c.send({ opened: first }); c.onMessage((data, { buffers }) => { console.log('heard', data); c.send({ echo: data }, { buffers }); }); });");
    const opened = await sendComm('comm_open', { comm_id: 'e', target_name: 'echo', data: { hello: 1 } });
    expect(opened.find(({ header }) => header.msg_type === 'comm_msg')?.content).toEqual({ comm_id: 'e', data: { opened: { hello: 1 } } });
    const answered = await sendComm('comm_msg', { comm_id: 'e', data: 'x' }, [new Uint8Array([1, 2, 3])]);
    expect(answered.map(({ header, content }) => [header.msg_type, content]).slice(1, -1)).toEqual([
      ['stream', { name: 'stdout', text: 'heard x\n' }],
      ['comm_msg', { comm_id: 'e', data: { echo: 'x' } }],
    ]);
    expect([...(answered[2]?.buffers[0] ?? [])]).toEqual([1, 2, 3]);
  });

  it('comm_info', async () => {
    await client.run("const mine = comm.open('slider', { from: 0 })");
    const id = (await client.run('mine.id')).result?.slice(1, -1) ?? '';
    expect(await info()).toEqual({ e: { target_name: 'echo' }, [id]: { target_name: 'slider' } });
    expect(await info({ target_name: 'slider' })).toEqual({ [id]: { target_name: 'slider' } });
    await sendComm('comm_close', { comm_id: id, data: {} });
    expect(await info()).toEqual({ e: { target_name: 'echo' } });
    expect((await client.run('mine.isOpen')).result).toBe('false');
  });

  it('a cell opens, sends and closes, below itself', async () => {
    const { messages } = await client.run("const c = comm.open('t', 1); c.send(2); c.close(3);");
    expect(messages.filter(({ header }) => header.msg_type.startsWith('comm')).map(({ header, content }) => [header.msg_type, content['data']])).toEqual([['comm_open', 1], ['comm_msg', 2], ['comm_close', 3]]);
  });

  it('an error of a listener is said with the message that it failed on, and the kernel goes on', async () => {
    await client.run("comm.registerTarget('bad', () => { throw new Error('not today') })");
    const messages = await sendComm('comm_open', { comm_id: 'b', target_name: 'bad', data: {} });
    expect(messages.find(({ header }) => header.msg_type === 'stream')?.content['text']).toContain('Error in a listener of a comm: Error: not today');
    expect((await client.run('1 + 1')).result).toBe('2');
  });

  it('a message that names no comm is left alone', async () => {
    await client.send('shell', 'comm_msg', { data: 1 });
    expect((await client.run('1 + 1')).result).toBe('2');
  });
});
