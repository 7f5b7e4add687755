/**
 * A minimal Jupyter client over ZeroMQ: enough to start a kernel, run cells and end it.
 * Wire format: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import { LostMessageError, type RunningKernel } from './subject.js';

const DELIMITER = '<IDS|MSG>';
const START_TIMEOUT_MS = 60_000;
/** Far more than any cell of the bench takes. */
const LOST_AFTER_MS = 10_000;
/** tslab goes deaf when a message arrives while it still binds its sockets, which lasts a little longer than until they listen. */
const BIND_GRACE_MS = 20;

interface Received {
  readonly type: string;
  readonly parent: string | undefined;
  readonly content: Record<string, unknown>;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map((server) => new Promise<number>((resolve) => server.once('listening', () => resolve((server.address() as AddressInfo).port)))),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Resolves once something listens. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(2);
  }
}

class Wire {
  readonly #key: string;
  readonly #session = randomUUID();

  constructor(key: string) {
    this.#key = key;
  }

  encode(type: string, content: object): { readonly id: string; readonly frames: string[] } {
    const id = randomUUID();
    const header = { msg_id: id, msg_type: type, session: this.#session, username: 'bench', date: new Date().toISOString(), version: '5.3' };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac('sha256', this.#key).update(parts.join('')).digest('hex');
    return { id, frames: [DELIMITER, signature, ...parts] };
  }

  decode(frames: readonly Buffer[]): Received {
    const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
    const parse = (offset: number): Record<string, unknown> => JSON.parse(frames[at + offset]?.toString() ?? '{}') as Record<string, unknown>;
    const [header, parent, content] = [parse(2), parse(3), parse(5)];
    return { type: String(header['msg_type']), parent: typeof parent['msg_id'] === 'string' ? parent['msg_id'] : undefined, content };
  }
}

/** Starts a kernel from its command line; `{connection_file}` in it is replaced. Resolves after the first kernel_info_reply. */
export async function startJupyterKernel(command: readonly string[], cwd: string): Promise<RunningKernel> {
  const [shellPort = 0, iopubPort = 0, controlPort = 0, stdinPort = 0, hbPort = 0] = await freePorts(5);
  const key = randomUUID();
  const connectionFile = path.join(cwd, `connection-${key}.json`);
  const ports = { shell_port: shellPort, iopub_port: iopubPort, control_port: controlPort, stdin_port: stdinPort, hb_port: hbPort };
  await fs.writeFile(connectionFile, JSON.stringify({ ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', key, ...ports }));
  const [program = '', ...args] = command.map((part) => part.replace('{connection_file}', connectionFile));

  const shell = new Dealer({ linger: 0 });
  const control = new Dealer({ linger: 0 });
  const iopub = new Subscriber({ linger: 0 });
  iopub.subscribe();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
    for (const socket of [shell, control, iopub]) socket.close();
    await fs.rm(connectionFile, { force: true });
  };

  const wire = new Wire(key);
  const waiting = new Map<string, (message: Received) => void>();
  const listen = async (socket: Dealer | Subscriber): Promise<void> => {
    for await (const frames of socket) {
      const message = wire.decode(frames);
      if (message.parent !== undefined) waiting.get(message.parent)?.(message);
    }
  };
  for (const socket of [shell, control, iopub]) void listen(socket).catch(() => undefined);

  /** Sends on the shell channel; resolves to the reply once `until` has been seen for it. */
  const ask = async (type: string, content: object, needsIdle: boolean): Promise<Record<string, unknown>> => {
    const { id, frames } = wire.encode(type, content);
    const done = new Promise<Record<string, unknown>>((resolve) => {
      let reply: Record<string, unknown> | undefined;
      let idle = !needsIdle;
      waiting.set(id, (message) => {
        if (message.type === 'status' && message.content['execution_state'] === 'idle') idle = true;
        else if (message.type.endsWith('_reply')) reply = message.content;
        if (reply !== undefined && idle) resolve(reply);
      });
    });
    await shell.send(frames);
    return done.finally(() => waiting.delete(id));
  };

  /** Rejects when the kernel ends or the time is up. */
  const within = async <T>(action: Promise<T>, ms: number, what: string): Promise<T> => {
    const abort = new AbortController();
    const late = sleep(ms, undefined, { signal: abort.signal }).then(
      () => Promise.reject(new LostMessageError(`${what} took more than ${ms / 1000} s: ${stderr}`)),
      () => new Promise<never>(() => undefined),
    );
    const died = exited.then(() => Promise.reject(new Error(`${what}: the kernel ended: ${stderr}`)));
    return Promise.race([action, late, died]).finally(() => abort.abort());
  };
  const start = async (): Promise<void> => {
    await Promise.all(Object.values(ports).map(listening));
    await sleep(BIND_GRACE_MS);
    iopub.connect(`tcp://127.0.0.1:${iopubPort}`);
    shell.connect(`tcp://127.0.0.1:${shellPort}`);
    control.connect(`tcp://127.0.0.1:${controlPort}`);
    await ask('kernel_info_request', {}, false);
  };
  await within(start(), START_TIMEOUT_MS, `the start of ${program}`).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  /** A subscription takes a moment to arrive at the kernel; what is published before is lost, the first `idle` too. */
  const subscribed = async (): Promise<void> => {
    for (;;) {
      const seen = await Promise.race([ask('kernel_info_request', {}, true).then(() => true), sleep(50, false)]);
      if (seen) return;
    }
  };
  let joined: Promise<void> | undefined;
  return {
    async run(code) {
      joined ??= within(subscribed(), LOST_AFTER_MS, 'the subscription');
      await joined;
      const request = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
      const reply = await within(ask('execute_request', request, true), LOST_AFTER_MS, 'a cell');
      if (reply['status'] !== 'ok') throw new Error(`${program}: ${JSON.stringify(reply)} for ${code.slice(0, 200)}`);
    },
    async stop() {
      await control.send(wire.encode('shutdown_request', { restart: false }).frames);
      await Promise.race([exited, sleep(2000)]);
      await end();
    },
  };
}
