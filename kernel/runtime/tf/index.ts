import { currentHost } from '../display/host.js';
import { chooseBackend } from './choose-backend.js';

export { tf } from './tfjs.js';
export { backendSentence } from './choose-backend.js';

/** Of the notebook, of the program, of the package that a kernel of Jupyter was installed from, and our own: the first that has tfjs-node. */
const folders = [currentHost()?.notebookFolder, process.cwd(), process.env['PATCHBAY_PACKAGE'], __dirname];

/** Resolves when the default backend computes. Whoever loads this module awaits it before the first op. */
export const ready: Promise<void> = chooseBackend(folders.filter((folder) => folder !== undefined));
