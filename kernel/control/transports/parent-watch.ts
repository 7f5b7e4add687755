/**
 * A kernel whose client was killed ends itself: nobody else would.
 *
 * Jupyter names the process that started the kernel in JPY_PARENT_PID, unless the kernel is meant to outlive it. On
 * Windows that is a handle, and the parent's id stays what it was; so there the parent itself is asked for.
 */
const POLL_MS = 1_000;

export interface Processes {
  /** Id of the parent of this process now. */
  parent(): number;
  exists(pid: number): boolean;
}

/** What tells that the parent has gone, or undefined when the kernel was started to live without one. Pure but for `processes`. */
export function parentGone(named: string | undefined, processes: Processes, isWindows: boolean): (() => boolean) | undefined {
  if (named === undefined || named === '') return undefined;
  const first = processes.parent();
  if (isWindows) return () => !processes.exists(first);
  const pid = Number(named);
  // A process that is not visible from the start lives elsewhere: outside this container.
  const isVisible = Number.isInteger(pid) && pid > 1 && processes.exists(pid);
  return () => processes.parent() !== first || (isVisible && !processes.exists(pid));
}

export function watchParent(onGone: () => void): void {
  const isGone = parentGone(process.env['JPY_PARENT_PID'], { parent: () => process.ppid, exists }, process.platform === 'win32');
  if (isGone === undefined) return;
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
