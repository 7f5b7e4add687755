/** Connection files as a Jupyter client writes them, for the tests and the bench over ZeroMQ. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

export interface ConnectionInfo {
  readonly key: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
}

export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) =>
          server.once('listening', () => {
            const address = server.address();
            if (typeof address === 'object' && address !== null) resolve(address.port);
            else reject(new Error('a server that listens has no port'));
          }),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A connection file of a new name in the folder; `more` adds members to it, or replaces them. */
export async function writeConnectionFile(folder: string, more: Record<string, unknown> = {}): Promise<{ readonly file: string; readonly info: ConnectionInfo }> {
  const [shell_port = 0, iopub_port = 0, control_port = 0, stdin_port = 0, hb_port = 0] = await freePorts(5);
  const info = { ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', key: randomUUID(), shell_port, iopub_port, control_port, stdin_port, hb_port, ...more };
  const file = path.join(folder, `kernel-${randomUUID()}.json`);
  fs.writeFileSync(file, JSON.stringify(info));
  return { file, info };
}
