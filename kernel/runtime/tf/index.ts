import { HOST_KEY, type RuntimeHost } from '../../protocol/host.js';
import { chooseBackend } from './choose-backend.js';

export { tf } from './tfjs.js';
export { backendSentence } from './choose-backend.js';

// SAFETY: the kernel puts a RuntimeHost under its own symbol; in a plain script nothing is there.
const host = (globalThis as { [HOST_KEY]?: RuntimeHost })[HOST_KEY];

/** Resolves when the default backend computes. Whoever loads this module awaits it before the first op. */
export const ready: Promise<void> = chooseBackend([...(host ? [host.notebookFolder] : []), process.cwd(), __dirname]);
