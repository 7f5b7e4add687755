import { currentHost } from '../display/host.js';
import { chooseBackend } from './choose-backend.js';
import { nativeFolders } from './native-folders.js';

export { tf } from './tfjs.js';
export { backendSentence } from './choose-backend.js';

/** Resolves when the default backend computes. Whoever loads this module awaits it before the first op. */
export const ready: Promise<void> = chooseBackend(nativeFolders(currentHost()?.notebookFolder));
