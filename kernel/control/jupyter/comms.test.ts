import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../../protocol/compose.js';
import { commContent, commMessage, type CommMessage } from '../../protocol/comm.js';
import { OpenComms } from './comms.js';

const composer = new MessageComposer('client');
const message = (type: CommMessage['type'], id: string, target?: string): CommMessage => ({ type, id, data: {}, metadata: {}, buffers: [], ...(target === undefined ? {} : { target }) });

describe('comms', () => {
  it('comm_info: those that are open, all or of one target', () => {
    const comms = new OpenComms();
    for (const taken of [message('comm_open', 'a', 'slider'), message('comm_open', 'b', 'button'), message('comm_msg', 'a'), message('comm_open', 'c', 'slider'), message('comm_close', 'c')]) comms.take(taken);
    expect(comms.info(undefined)).toEqual({ status: 'ok', comms: { a: { target_name: 'slider' }, b: { target_name: 'button' } } });
    expect(comms.info('button')).toEqual({ status: 'ok', comms: { b: { target_name: 'button' } } });
  });

  it('reads what a client sent and writes what it will read', () => {
    const buffers = [new Uint8Array([1, 2])];
    const sent = { ...composer.compose('shell', 'comm_open', { comm_id: 'a', target_name: 'slider', data: { at: 3 } }), buffers };
    const read = commMessage(sent);
    expect(read).toEqual({ type: 'comm_open', id: 'a', target: 'slider', data: { at: 3 }, metadata: {}, buffers });
    expect(commContent(read)).toEqual(sent.content);
    expect(commContent({ ...read, type: 'comm_msg' })).toEqual({ comm_id: 'a', data: { at: 3 } });
  });

  it('refuses a message that names no comm', () => expect(() => commMessage(composer.compose('shell', 'comm_msg', {}))).toThrow('a comm_msg names no comm_id'));
});
