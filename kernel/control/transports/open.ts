import type { MessageComposer } from '../../protocol/compose.js';
import type { ControlData } from '../../protocol/threads.js';
import { log } from '../log.js';
import { readConnectionFile, type Connection } from './connection-file.js';
import { loadZeroMq } from './load-zeromq.js';
import { PipeTransport } from './pipe.js';
import type { Transport } from './transport.js';
import { ZmqTransport } from './zmq.js';

export interface Opened {
  readonly transport: Transport;
  /** Of a Jupyter client. */
  readonly connection?: Connection;
}

/** The way to the client that started this process. @throws with a sentence for the terminal when there is none */
export function openTransport({ client, kernelFolder }: ControlData, composer: MessageComposer): Opened {
  if ('pipe' in client) return { transport: new PipeTransport(client.pipe) };
  const connection = readConnectionFile(client.connectionFile);
  return { transport: new ZmqTransport(loadZeroMq(kernelFolder), connection, composer, log), connection };
}
