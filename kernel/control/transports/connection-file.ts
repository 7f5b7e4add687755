/**
 * What a Jupyter client writes into the connection file of a kernel.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
 */
import { getHashes } from 'node:crypto';
import fs from 'node:fs';

export const SOCKETS = ['shell', 'control', 'iopub', 'stdin', 'hb'] as const;
export type SocketName = (typeof SOCKETS)[number];

export interface Connection {
  /** Where each socket is bound: `tcp://127.0.0.1:50160`, or `ipc://<file>-1`. */
  readonly addresses: Readonly<Record<SocketName, string>>;
  readonly ports: Readonly<Record<SocketName, number>>;
  /** Empty: messages are not signed. */
  readonly key: string;
  /** Of the signatures, e.g. `sha256`. */
  readonly hash: string;
  readonly isIpv6: boolean;
}

/** @throws with the file's name and what is wrong in it */
export function readConnectionFile(file: string): Connection {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`the connection file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return parseConnection(JSON.parse(text));
  } catch (error) {
    throw new Error(`the connection file ${file} is not one: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws naming the member that is missing or makes no sense */
export function parseConnection(value: unknown): Connection {
  if (typeof value !== 'object' || value === null) throw new Error('it holds no object');
  const member = (name: string): unknown => Reflect.get(value, name);
  const transport = member('transport') ?? 'tcp';
  if (transport !== 'tcp' && transport !== 'ipc') throw new Error(`its transport is ${JSON.stringify(transport)}; tcp and ipc are known`);
  const ip = member('ip') ?? '127.0.0.1';
  if (typeof ip !== 'string' || ip === '') throw new Error(`its ip is ${JSON.stringify(ip)}`);
  const key = member('key') ?? '';
  if (typeof key !== 'string') throw new Error('its key is not a string');
  const scheme = member('signature_scheme') ?? 'hmac-sha256';
  if (typeof scheme !== 'string' || !scheme.startsWith('hmac-') || !getHashes().includes(scheme.slice(5)))
    throw new Error(`its signature_scheme is ${JSON.stringify(scheme)}; hmac-sha256 is the usual one`);
  const isIpv6 = transport === 'tcp' && ip.includes(':');
  const host = isIpv6 ? `[${ip}]` : ip;
  const entries = SOCKETS.map((name) => {
    const port = member(`${name}_port`);
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`its ${name}_port is ${JSON.stringify(port)}, not a port`);
    return { name, port, address: transport === 'tcp' ? `tcp://${host}:${port}` : `ipc://${ip}-${port}` };
  });
  // SAFETY: there is one entry for each of SOCKETS.
  const bySocket = <T>(pick: (entry: (typeof entries)[number]) => T) => Object.fromEntries(entries.map((entry) => [entry.name, pick(entry)])) as Record<SocketName, T>;
  return { addresses: bySocket(({ address }) => address), ports: bySocket(({ port }) => port), key, hash: scheme.slice(5), isIpv6 };
}
