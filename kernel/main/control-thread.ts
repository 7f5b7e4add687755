/**
 * Starts the control thread. Imported before all else: it starts while this thread loads the rest, and clients wait for it.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SHARED_WORDS, type ControlData } from '../protocol/threads.js';
import { VERSION } from '../protocol/version.js';
import { clientOf } from './client-of.js';
import { SessionScope } from './scope/index.js';
import { selfTest } from './self-test.js';

selfTest();
export const kernelFolder = __dirname;
const sharedBuffer = new SharedArrayBuffer(4 * SHARED_WORDS);
export const shared = new Int32Array(sharedBuffer);
/** Made first: names that are there before anything runs are kept for libraries. */
export const scope = new SessionScope();

export const client = clientOf(process.argv);
const workerData: ControlData = { shared: sharedBuffer, client, kernelFolder, version: VERSION, reserved: [...scope.reserved] };
export const control = new Worker(path.join(kernelFolder, 'control.js'), { workerData });
