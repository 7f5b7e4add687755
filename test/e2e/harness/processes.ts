/**
 * Ends what a session has started, by process id and nothing else: the server's process group, and whatever carries the
 * session's mark in its environment (a kernel may have a process group of its own).
 */
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export const MARK = 'PATCHBAY_E2E_RUN';

export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** The living processes of a session. */
export async function markedProcesses(mark: string): Promise<MarkedProcess[]> {
  const found: MarkedProcess[] = [];
  for (const entry of await fs.readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const variables = await fs.readFile(`/proc/${pid}/environ`, 'latin1');
      if (!variables.split('\0').includes(`${MARK}=${mark}`)) continue;
      const command = (await fs.readFile(`/proc/${pid}/cmdline`, 'latin1')).split('\0').join(' ').trim();
      if (command !== '') found.push({ pid, command });
    } catch {
      // It ended meanwhile, or is another user's.
    }
  }
  return found;
}

/** Waits until no process of the session is left but `expected` ones. Resolves to those that are after `ms`. */
async function waitUntilGone(mark: string, ms: number, expected: (process: MarkedProcess) => boolean = () => false): Promise<MarkedProcess[]> {
  const deadline = Date.now() + ms;
  for (;;) {
    const left = (await markedProcesses(mark)).filter((process) => !expected(process));
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(100);
  }
}

/**
 * Ends the server and all that it started, after the page has closed. The extension host gets the time to deactivate,
 * then the group gets SIGTERM, then each process that stays SIGKILL. Resolves to those that had to be killed: a leak.
 */
export async function endSession(server: number | undefined, mark: string): Promise<MarkedProcess[]> {
  const belongsToServer = ({ pid, command }: MarkedProcess): boolean => pid === server || command.includes('--type=fileWatcher');
  await waitUntilGone(mark, 8000, belongsToServer);
  if (server !== undefined) signal(-server, 'SIGTERM');
  const stubborn = await waitUntilGone(mark, 5000);
  for (const { pid } of stubborn) signal(pid, 'SIGKILL');
  const left = await waitUntilGone(mark, 5000);
  if (left.length > 0) throw new Error(`these processes cannot be ended: ${left.map(({ pid, command }) => `${pid} ${command}`).join(', ')}`);
  return stubborn;
}
