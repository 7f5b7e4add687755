import type { MessageComposer } from '../../protocol/compose.js';
import type { ControlData } from '../../protocol/threads.js';
import { log } from '../log.js';
import type { Connection } from './connection-file.js';
import type * as ConnectionFile from './connection-file.js';
import { loadZeroMq, type ZeroMQ } from './load-zeromq.js';
import type * as Pipe from './pipe.js';
import type { Transport } from './transport.js';
import type * as Zmq from './zmq.js';

export interface Opened {
  readonly transport: Transport;
  /** Of a Jupyter client. */
  readonly connection?: Connection;
}

/**
 * The way to the client that started this process. Each loads only what it needs: the modules of Node behind them take
 * milliseconds, and the client waits. @throws with a sentence for the terminal when there is none
 */
export function openTransport({ client }: ControlData, composer: MessageComposer): Opened {
  /* eslint-disable @typescript-eslint/no-require-imports */
  if ('pipe' in client) {
    const { PipeTransport } = require('./pipe.js') as typeof Pipe; // SAFETY: that module's own type
    return { transport: new PipeTransport(client.pipe) };
  }
  const zeromq = loadZeroMq(() => require('zeromq') as typeof ZeroMQ); // SAFETY: the package's own type
  const { readConnectionFile } = require('./connection-file.js') as typeof ConnectionFile; // SAFETY: that module's own type
  const { ZmqTransport } = require('./zmq.js') as typeof Zmq; // SAFETY: that module's own type
  /* eslint-enable @typescript-eslint/no-require-imports */
  const connection = readConnectionFile(client.connectionFile);
  return { transport: new ZmqTransport(zeromq, connection, composer, log), connection };
}
