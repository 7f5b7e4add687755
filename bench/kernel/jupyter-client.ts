/**
 * A minimal Jupyter client over ZeroMQ: enough to start a kernel, run cells and end it.
 * Wire format: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dealer, Subscriber } from 'zeromq';
import type { RunningKernel } from './subject.js';

const DELIMITER = '<IDS|MSG>';
const START_TIMEOUT_MS = 60_000;

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

  // ZeroMQ tries again after 100 ms by default, which would round every start up.
  const options = { linger: 0, reconnectInterval: 2 };
  const shell = new Dealer(options);
  const control = new Dealer(options);
  const iopub = new Subscriber(options);
  iopub.subscribe();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  shell.connect(`tcp://127.0.0.1:${shellPort}`);
  control.connect(`tcp://127.0.0.1:${controlPort}`);
  iopub.connect(`tcp://127.0.0.1:${iopubPort}`);

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

  const timer = sleep(START_TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error(`${program} was not ready after ${START_TIMEOUT_MS / 1000} s: ${stderr}`);
  });
  timer.catch(() => undefined);
  const died = exited.then(() => {
    throw new Error(`${program} ended before it was ready: ${stderr}`);
  });
  died.catch(() => undefined);
  await Promise.race([ask('kernel_info_request', {}, false), timer, died]);
  return {
    async run(code) {
      const request = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
      const reply = await ask('execute_request', request, true);
      if (reply['status'] !== 'ok') throw new Error(`${program}: ${JSON.stringify(reply)} for ${code.slice(0, 200)}`);
    },
    async stop() {
      await control.send(wire.encode('shutdown_request', { restart: false }).frames);
      await Promise.race([exited, sleep(2000)]);
      child.kill('SIGKILL');
      for (const socket of [shell, control, iopub]) socket.close();
      await fs.rm(connectionFile, { force: true });
    },
  };
}
