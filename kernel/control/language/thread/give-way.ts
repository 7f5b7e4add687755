import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A third of what a thread of a cell gets where both want the same processor; all of one that is idle. */
const NICE = 5;

/**
 * Lets the other threads of this process go first: what cells run, and what compiles them. Linux has a priority for each
 * thread; elsewhere nothing happens.
 */
export function giveWay(): void {
  try {
    // A synchronous call of `fs` runs in the thread that makes it, so this is its own id.
    const thread = Number(path.basename(fs.readlinkSync('/proc/thread-self')));
    os.setPriority(thread, Math.min(os.constants.priority.PRIORITY_LOW, os.getPriority() + NICE));
  } catch {
    // Not Linux, or a sandbox without /proc: then all are equal.
  }
}
