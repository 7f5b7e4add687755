/** Loads the package `zeromq`, which is native: it ships in no bundle, and its install may have failed. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as ZeroMQ from 'zeromq';

export type { ZeroMQ };

/** @throws with what to do */
export function loadZeroMq(kernelFolder: string): typeof ZeroMQ {
  try {
    // SAFETY: the package's own type.
    return createRequire(path.join(kernelFolder, 'control.js'))('zeromq') as typeof ZeroMQ;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Error(
      `the package zeromq, over which a kernel speaks to Jupyter, does not load in Node ${process.versions.node} on ${process.platform} ${process.arch}: ${reason}\n` +
        'Install Patchbay again with `npm install -g patchbay --include=optional` (no --ignore-scripts), then run `patchbay install`. VS Code needs none of this.',
    );
  }
}
