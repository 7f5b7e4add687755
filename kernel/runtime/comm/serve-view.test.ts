import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import type { Comm } from './index.js';
import { serveView } from './serve-view.js';

describe('serveView', () => {
  let host: RecordingHost;
  beforeEach(() => installHost((host = new RecordingHost())));
  afterEach(removeHost);
  const open = (view: unknown, id = 'c'): boolean => host.commListener({ type: 'comm_open', id, target: 'patchbay.view', data: { view }, metadata: {}, buffers: [] });

  it('gives each renderer of the view a comm', () => {
    const comms: Comm[] = [];
    const end = serveView('loss-1', (comm) => comms.push(comm));
    open('loss-1', 'a');
    open('loss-1', 'b');
    comms[1]?.send(3);
    expect(host.comms).toMatchObject([{ type: 'comm_msg', id: 'b', data: 3 }]);
    end();
    open('loss-1', 'c');
    expect(comms).toHaveLength(2);
    expect(host.comms.at(-1)).toMatchObject({ type: 'comm_close', id: 'c' });
  });

  it.each(['other', 5, undefined])('closes a comm to the view %j, which is not there', (view) => {
    serveView('loss-2', () => undefined);
    open(view);
    expect(host.comms).toMatchObject([{ type: 'comm_close', id: 'c', data: { reason: 'unknown view' } }]);
  });
});
