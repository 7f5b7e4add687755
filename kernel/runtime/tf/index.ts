import { currentHost } from '../display/host.js';
import { chooseBackend } from './choose-backend.js';

export { tf } from './tfjs.js';
export { backendSentence } from './choose-backend.js';

const folder = currentHost()?.notebookFolder;

/** Resolves when the default backend computes. Whoever loads this module awaits it before the first op. */
export const ready: Promise<void> = chooseBackend([...(folder === undefined ? [] : [folder]), process.cwd(), __dirname]);
