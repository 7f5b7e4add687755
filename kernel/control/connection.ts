/** The client of this process. Imported before all else: a Jupyter client tries ten times a second whether somebody listens. */
import { randomUUID } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { MessageComposer } from '../protocol/compose.js';
import type { ControlData } from '../protocol/threads.js';
import { log } from './log.js';
import { openTransport, type Opened } from './transports/open.js';

/** EX_CONFIG of sysexits.h, as for a Node that lacks something. */
const EXIT_WITHOUT_CLIENT = 78;

// SAFETY: kernel/main makes the worker with exactly this.
export const data = workerData as ControlData;
export const composer = new MessageComposer(`kernel-${randomUUID()}`);
export const { transport, connection } = open();

/** Without a way to the client there is nothing to do but to say so; the end of this thread ends the process. */
function open(): Opened {
  try {
    return openTransport(data, composer);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    return process.exit(EXIT_WITHOUT_CLIENT);
  }
}
