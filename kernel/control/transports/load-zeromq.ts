/** Loads the package `zeromq`. Its JavaScript is in the bundle, its native part is not: that ships in no bundle, and its install may have failed. */
import type * as ZeroMQ from 'zeromq';

export type { ZeroMQ };

/** @throws with what to do */
export function loadZeroMq(load: () => typeof ZeroMQ): typeof ZeroMQ {
  try {
    return load();
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Error(
      `the package zeromq, over which a kernel speaks to Jupyter, does not load in Node ${process.versions.node} on ${process.platform} ${process.arch}: ${reason}\n` +
        'Install Patchbay again with `npm install -g patchbay --include=optional` (no --ignore-scripts), then run `patchbay install`. VS Code needs none of this.',
    );
  }
}
