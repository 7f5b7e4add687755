/**
 * Child processes of the kernel: a main thread inside `execSync` hears of nothing until its child ends. Ctrl+C in a
 * terminal reaches both; an interrupt by message has to do the same.
 */
import fs from 'node:fs';
import { promisify } from 'node:util';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Seconds since it was started. */
  readonly age: number;
}

/** Processes below `root` that were started in the last `seconds`, children before their own children. */
export async function youngDescendants(root: number, seconds: number): Promise<number[]> {
  return descendants(await listProcesses(), root, seconds);
}

/** Pure part: an old child's children are left alone too. */
export function descendants(all: readonly ProcessEntry[], root: number, seconds: number): number[] {
  const found: number[] = [];
  const parents = [root];
  for (let parent = parents.shift(); parent !== undefined; parent = parents.shift()) {
    for (const { pid } of all.filter((entry) => entry.parent === parent && entry.age <= seconds)) {
      found.push(pid);
      parents.push(pid);
    }
  }
  return found;
}

async function listProcesses(): Promise<ProcessEntry[]> {
  if (process.platform === 'win32') return [];
  return fs.existsSync('/proc/self/stat') ? listProc() : listByPs();
}

/** Ticks of `starttime` in a second: USER_HZ, which Linux gives every program as 100. */
const TICKS = 100;

function listProc(): ProcessEntry[] {
  const uptime = Number(fs.readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The command, in parentheses, may hold anything; fields 3 and on come after it (man 5 proc).
      const fields = fs.readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), age: uptime - Number(fields[19]) / TICKS }];
    } catch {
      return []; // it has just ended
    }
  });
}

async function listByPs(): Promise<ProcessEntry[]> {
  const { execFile } = await import('node:child_process'); // seldom needed, and every start would wait for it
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,etime=']);
  return parsePs(stdout);
}

/** Lines of `pid ppid [[dd-]hh:]mm:ss`. */
export function parsePs(text: string): ProcessEntry[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, days = 0, clock] = /^\s*(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:]+)\s*$/.exec(line) ?? [];
    if (clock === undefined) return [];
    const age = clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0) + 86_400 * Number(days);
    return [{ pid: Number(pid), parent: Number(parent), age }];
  });
}
