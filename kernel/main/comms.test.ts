import { describe, expect, it } from 'vitest';
import type { CommMessage } from '../protocol/comm.js';
import type { ToControl } from '../protocol/threads.js';
import { Causes } from './causes.js';
import { Comms } from './comms.js';
import { Outbox } from './outbox.js';

const opened = (target: string): CommMessage => ({ type: 'comm_open', id: 'a', target, data: 1, metadata: {}, buffers: [] });

function rig() {
  const posted: ToControl[] = [];
  const errors: unknown[] = [];
  const causes = new Causes();
  const comms = new Comms(new Outbox({ postMessage: (message) => posted.push(message) }, new Int32Array(8)), causes, (error, cause) => errors.push([error, cause]));
  return { comms, causes, posted, errors };
}

describe('comms', () => {
  it('comm_open_to_unknown_target_is_closed', () => {
    const { comms, posted } = rig();
    comms.receive(-1, opened('nobody'));
    expect(posted).toEqual([
      { type: 'comm', execution: -1, message: { type: 'comm_close', id: 'a', data: {}, metadata: {}, buffers: [] } },
      { type: 'commTaken', execution: -1 },
    ]);
  });

  it('what a listener sends answers the message that it listens to', () => {
    const { comms, posted } = rig();
    const answer: CommMessage = { type: 'comm_msg', id: 'a', data: 2, metadata: {}, buffers: [] };
    comms.listen((message) => {
      if (message.data === 1) comms.send(answer);
      return true;
    });
    comms.receive(-7, opened('somebody'));
    expect(posted).toEqual([{ type: 'comm', execution: -7, message: answer }, { type: 'commTaken', execution: -7 }]);
  });

  it('a message to a comm that is not there is dropped; only an open is answered', () => {
    const { comms, posted } = rig();
    comms.receive(-1, { ...opened('x'), type: 'comm_msg' });
    expect(posted).toEqual([{ type: 'commTaken', execution: -1 }]);
  });

  it('an error of a listener is reported with its cause, and the message is taken all the same', () => {
    const { comms, posted, errors } = rig();
    const error = new Error('no');
    comms.listen(() => {
      throw error;
    });
    comms.receive(-3, opened('x'));
    expect(errors).toEqual([[error, -3]]);
    expect(posted).toEqual([{ type: 'commTaken', execution: -3 }]);
  });
});
