import path from 'node:path';
import { loadCached } from './cached-script.js';

/** By then the first cell has run, and its functions are in the data. */
const SAVE_AFTER_MS = 1_000;

/** Runs the bundle beside this file that holds all that a thread of the kernel does. */
export function startBundle(name: string): void {
  const script = loadCached(path.join(__dirname, `${name}.js`), name);
  setTimeout(() => script.saveCache(), SAVE_AFTER_MS).unref();
  script.run();
}
