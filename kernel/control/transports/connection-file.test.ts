import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConnection, readConnectionFile } from './connection-file.js';

const PORTS = { shell_port: 1001, control_port: 1002, iopub_port: 1003, stdin_port: 1004, hb_port: 1005 };
const FILE = { transport: 'tcp', ip: '127.0.0.1', key: 'secret', signature_scheme: 'hmac-sha256', ...PORTS };

describe('connection file', () => {
  it('names an address for each socket', () => {
    const { addresses, key, hash } = parseConnection({ ...FILE, kernel_name: 'patchbay' });
    expect({ addresses, key, hash }).toEqual({
      key: 'secret',
      hash: 'sha256',
      addresses: { shell: 'tcp://127.0.0.1:1001', control: 'tcp://127.0.0.1:1002', iopub: 'tcp://127.0.0.1:1003', stdin: 'tcp://127.0.0.1:1004', hb: 'tcp://127.0.0.1:1005' },
    });
  });

  it('knows IPv6 and local sockets', () => {
    expect(parseConnection({ ...FILE, ip: '::1' })).toMatchObject({ isIpv6: true, addresses: { shell: 'tcp://[::1]:1001' } });
    expect(parseConnection({ ...FILE, transport: 'ipc', ip: '/run/kernel' })).toMatchObject({ isIpv6: false, addresses: { hb: 'ipc:///run/kernel-1005' } });
  });

  it('takes an empty key, and a file without the optional members', () => expect(parseConnection(PORTS)).toMatchObject({ key: '', hash: 'sha256' }));

  it.each([
    [null, /no object/],
    [{ ...FILE, shell_port: undefined }, /its shell_port is undefined, not a port/],
    [{ ...FILE, hb_port: 70_000 }, /its hb_port is 70000/],
    [{ ...FILE, transport: 'udp' }, /its transport is "udp"; tcp and ipc are known/],
    [{ ...FILE, signature_scheme: 'hmac-nonsense' }, /its signature_scheme is "hmac-nonsense"; hmac-sha256/],
    [{ ...FILE, key: 3 }, /its key is not a string/],
    [{ ...FILE, ip: '' }, /its ip is ""/],
  ])('refuses %j', (value, message) => expect(() => parseConnection(value)).toThrow(message));

  it('names the file that cannot be read, or holds no JSON', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-connection-'));
    const file = path.join(folder, 'kernel.json');
    expect(() => readConnectionFile(file)).toThrow(`the connection file ${file} cannot be read: ENOENT`);
    fs.writeFileSync(file, '{');
    expect(() => readConnectionFile(file)).toThrow(`the connection file ${file} is not one: `);
    fs.rmSync(folder, { recursive: true });
  });
});
