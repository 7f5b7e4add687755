import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommMessage } from '../../protocol/comm.js';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { comm, type Comm } from './index.js';

let host: RecordingHost;
beforeEach(() => installHost((host = new RecordingHost())));
afterEach(removeHost);

const incoming = (type: CommMessage['type'], id: string, data: unknown = {}, target?: string): boolean =>
  host.commListener({ type, id, data, metadata: { m: 1 }, buffers: [new Uint8Array([7])], ...(target === undefined ? {} : { target }) });

describe('comm.open', () => {
  it('sends open, messages with binary data, and close', () => {
    const opened = comm.open('slider', { from: 0 });
    opened.send([1, 2], { buffers: [new Uint8Array([3])], metadata: { a: 1 } });
    opened.close();
    const common = { id: opened.id, target: 'slider', metadata: {}, buffers: [] };
    expect(host.comms).toEqual([
      { ...common, type: 'comm_open', data: { from: 0 } },
      { ...common, type: 'comm_msg', data: [1, 2], metadata: { a: 1 }, buffers: [new Uint8Array([3])] },
      { ...common, type: 'comm_close', data: {} },
    ]);
  });

  it('hears the client, until it is told to stop', () => {
    const opened = comm.open('slider');
    const heard: unknown[] = [];
    const stop = opened.onMessage((data, { metadata, buffers }) => heard.push([data, metadata, buffers]));
    expect(incoming('comm_msg', opened.id, 5)).toBe(true);
    stop();
    incoming('comm_msg', opened.id, 6);
    expect(heard).toEqual([[5, { m: 1 }, [new Uint8Array([7])]]]);
  });

  it('is closed by the client: tells so once, and sends no more', () => {
    const opened = comm.open('slider');
    const closed: unknown[] = [];
    opened.onClose((data) => closed.push(data));
    incoming('comm_close', opened.id, 'bye');
    expect(incoming('comm_close', opened.id, 'bye')).toBe(false);
    opened.close();
    expect(closed).toEqual(['bye']);
    expect(opened.isOpen).toBe(false);
    expect(() => opened.send(1)).toThrow('This comm to "slider" was closed, so nobody hears it: open a new one');
    expect(host.comms).toHaveLength(1);
  });

  it('refuses what JSON does not hold, saying so', () => {
    const circular: { self?: object } = {};
    circular.self = circular;
    expect(() => comm.open('slider', circular)).toThrow(/comm: data is an Object, expected something that JSON holds \(Converting circular/);
    expect(() => comm.open('', 1)).toThrow('comm.open: target is "", expected the name of a target');
  });

  it('speaks to nobody in a plain script', () => {
    removeHost();
    const opened = comm.open('slider');
    opened.send(1);
    opened.close();
    expect(opened.isOpen).toBe(false);
  });
});

describe('comm.registerTarget', () => {
  it('answers comms of the client', () => {
    comm.registerTarget('echo', (opened) => opened.onMessage((data) => opened.send({ echo: data })));
    expect(incoming('comm_open', 'x', {}, 'echo')).toBe(true);
    expect(incoming('comm_msg', 'x', 'hello')).toBe(true);
    expect(host.comms).toMatchObject([{ type: 'comm_msg', id: 'x', data: { echo: 'hello' } }]);
  });

  it('gets the data of the open', () => {
    const seen: unknown[] = [];
    comm.registerTarget('data', (opened: Comm, data) => seen.push([opened.id, data]));
    incoming('comm_open', 'y', { a: 1 }, 'data');
    expect(seen).toEqual([['y', { a: 1 }]]);
  });

  it('knows no other target, and no longer one that was taken back', () => {
    const stop = comm.registerTarget('gone', () => undefined);
    stop();
    expect(incoming('comm_open', 'z', {}, 'gone')).toBe(false);
    expect(incoming('comm_open', 'z', {}, 'never')).toBe(false);
    expect(incoming('comm_msg', 'nobody')).toBe(false);
  });

  it('refuses a listener that is none', () => {
    expect(() => comm.registerTarget('t', 1 as never)).toThrow('comm.registerTarget: listener is 1, expected a function of the comm and its data');
  });
});
