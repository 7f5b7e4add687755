/** dist/kernel/main.js: what a client starts. The process itself is kernel/main/process.ts. */
import { startBundle } from './start-bundle.js';

startBundle('main-thread');
