/** dist/kernel/control.js: what the process starts as its control thread, kernel/control/thread.ts. */
import { startBundle } from './start-bundle.js';

startBundle('control-thread');
