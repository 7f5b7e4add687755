/** A kernel as Jupyter starts one: a process group of its own, the connection file, the parent named in the environment. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeConnectionFile } from '../../test/support/connection-file.js';
import { Client, NoAnswerError } from './client.js';

export interface Command {
  /** `{connection_file}` in it is replaced. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * `atOnce`: as jupyter_client does, whose sockets then try again every 100 to 200 ms. `whenListening`: as soon as the ports
 * are open, which are tried every 2 ms.
 */
export type Connecting = 'atOnce' | 'whenListening';

export const SOCKETS = ['shell_port', 'iopub_port', 'control_port', 'stdin_port', 'hb_port'] as const;
const START_TIMEOUT_MS = 30_000;
/** A kernel that was asked too early may never answer: jupyter_client asks again after a second. */
const ASK_AGAIN_MS = 1_000;
const STOP_MS = 500;
/** tslab goes deaf when a message arrives while it still binds its sockets, which lasts a little longer than until they listen. */
const BIND_GRACE_MS = 20;

export class Kernel {
  readonly client: Client;
  /** From the start of the process to the first kernel_info_reply, in ms. */
  readonly infoMs: number;
  readonly startedAt: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;

  /** @throws NoAnswerError when it does not answer */
  static async start({ argv, env }: Command, folder: string, connecting: Connecting = 'whenListening'): Promise<Kernel> {
    const { file, info } = await writeConnectionFile(folder, { kernel_name: 'bench' });
    const [program = '', ...args] = argv.map((part) => part.replace('{connection_file}', file));
    const startedAt = performance.now();
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...env }, stdio: ['ignore', 'ignore', 'ignore'], detached: true });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    if (connecting === 'whenListening') {
      await listening(SOCKETS.map((name) => info[name]), exited);
      await sleep(argv.some((part) => part.includes('tslab')) ? BIND_GRACE_MS : 0);
    }
    const client = new Client(info);
    for (const late = startedAt + START_TIMEOUT_MS; ; ) {
      const answered = await client.ask('shell', 'kernel_info_request', {}, { needsIdle: false, timeoutMs: ASK_AGAIN_MS }).then(() => true, () => false);
      if (answered) return new Kernel(client, startedAt, child, exited);
      if (performance.now() < late && child.exitCode === null) continue;
      client.close();
      killGroup(child);
      throw new NoAnswerError(`${argv.join(' ')} did not start`);
    }
  }

  private constructor(client: Client, startedAt: number, child: ChildProcess, exited: Promise<void>) {
    this.client = client;
    this.startedAt = startedAt;
    this.infoMs = performance.now() - startedAt;
    this.#child = child;
    this.#exited = exited;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Memory of all its processes in MB; undefined where the system does not tell. */
  memory(): number | undefined {
    return groupMemory(this.#child.pid ?? 0);
  }

  /** As jupyter_client interrupts a kernel whose spec names no other way. */
  signalInterrupt(): void {
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGINT');
  }

  async stop(): Promise<void> {
    if (this.isAlive) await this.client.ask('control', 'shutdown_request', { restart: false }, { needsIdle: false, timeoutMs: STOP_MS }).catch(() => undefined);
    await Promise.race([this.#exited, sleep(STOP_MS)]);
    killGroup(this.#child);
    this.client.close();
  }
}

/** Resolves once something listens on all ports. */
export async function listening(ports: readonly number[], ended: Promise<void>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  const isOpen = (port: number): Promise<boolean> =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(false)).once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
  for (const port of ports) {
    for (const late = performance.now() + START_TIMEOUT_MS; !(await isOpen(port)); await sleep(2)) {
      if (isOver || performance.now() > late) throw new NoAnswerError(`nothing listens on port ${port}`);
    }
  }
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** @param group the id of the process that leads it */
function groupMemory(group: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  let kilobytes = 0;
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The fields after the name, which may hold anything: state, parent, group.
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) !== group) continue;
      kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kilobytes / 1024;
}
