/** How a kernel starts and ends. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { KERNELS, readSpec, specFolder } from '../installed.js';
import { writeConnectionFile } from '../../support/connection-file.js';
import { WireClient, WireKernel } from './client.js';

const CLI = path.resolve('dist/cli.js');
const started: WireKernel[] = [];
const start = async (...args: Parameters<typeof WireKernel.start>): Promise<WireKernel> => {
  const kernel = await WireKernel.start(...args);
  started.push(kernel);
  return kernel;
};
afterEach(() => Promise.all(started.splice(0).map((kernel) => kernel.stop())));

const within = (ms: number) => sleep(ms, 'still there' as const, { ref: false });
const isAlive = (pid: number): boolean => spawnSync('/bin/sh', ['-c', `kill -0 ${pid}`]).status === 0;

describe.each(KERNELS)('the end of a kernel on $label', (installed) => {
  it('shutdown_reply_and_exit', async () => {
    const kernel = await start(installed);
    const other = kernel.connect();
    await other.join();
    const { header } = await kernel.client.send('control', 'shutdown_request', { restart: false });
    expect((await kernel.client.replyTo(header)).content).toEqual({ status: 'ok', restart: false });
    expect(await Promise.race([kernel.exited, within(5_000)])).toEqual({ code: 0, signal: null });
    expect(other.messages.find((message) => message.header.msg_type === 'shutdown_reply')?.channel).toBe('iopub');
  });

  it('shutdown_restart_true, on shell as well', async () => {
    const kernel = await start(installed);
    const { header } = await kernel.client.send('shell', 'shutdown_request', { restart: true });
    expect((await kernel.client.replyTo(header)).content).toEqual({ status: 'ok', restart: true });
    expect(await Promise.race([kernel.exited, within(5_000)])).toEqual({ code: 0, signal: null });
  });

  it('shutdown_with_open_handles', async () => {
    const kernel = await start(installed);
    await kernel.client.run("import http from 'node:http'; http.createServer().listen(0); setInterval(() => undefined, 1); await 1");
    await kernel.client.send('control', 'shutdown_request', { restart: false });
    expect(await Promise.race([kernel.exited, within(5_000)])).toEqual({ code: 0, signal: null });
  });

  it('shutdown_during_busy_loop', async () => {
    const kernel = await start(installed);
    const cell = await kernel.client.execute('while (true);');
    await kernel.client.until(() => kernel.client.of(cell.header.msg_id)[1], 'its input');
    const { header } = await kernel.client.send('control', 'shutdown_request', { restart: false });
    await kernel.client.replyTo(header);
    expect(await Promise.race([kernel.exited, within(5_000)])).not.toBe('still there');
  });

  it('output and reply of a cell that ends the process arrive', async () => {
    const kernel = await start(installed);
    const cell = await kernel.client.execute("console.log('x'.repeat(1e6)); process.exit(0)");
    const { reply, stdout } = await kernel.client.finish(cell);
    expect([reply.status, stdout.length]).toEqual(['ok', 1_000_001]);
    expect(await Promise.race([kernel.exited, within(5_000)])).toEqual({ code: 0, signal: null });
  });

  it.each(['1', 'while (true);'])('sigterm_ends_the_kernel, which runs %s', async (code) => {
    const kernel = await start(installed);
    await kernel.client.execute(code);
    await sleep(100);
    kernel.kill('SIGTERM');
    expect(await Promise.race([kernel.exited, within(2_000)])).not.toBe('still there');
  });

  it('SIGINT, which reaches a whole terminal, ends nothing', async () => {
    const kernel = await start(installed);
    kernel.kill('SIGINT');
    await sleep(100);
    expect((await kernel.client.run('1 + 1')).result).toBe('2');
  });

  it('SIGINT interrupts a cell that waits, as a client does that knows of no interrupt_request', async () => {
    const kernel = await start(installed);
    const cell = await kernel.client.execute("globalThis.kept = 1; await new Promise(() => {});");
    await sleep(300);
    kernel.kill('SIGINT');
    expect((await kernel.client.finish(cell)).reply).toMatchObject({ status: 'error', ename: 'Interrupted' });
    expect((await kernel.client.run('globalThis.kept')).result).toBe('1');
  });

  it('a kernel whose client was killed ends itself, also in a loop', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-orphan-'));
    const { file, info } = await writeConnectionFile(folder);
    const argv = readSpec(installed).argv.map((part) => part.replace('{connection_file}', file));
    const script = `const child = require('node:child_process').spawn(${JSON.stringify(argv[0])}, ${JSON.stringify(argv.slice(1))}, { env: { ...process.env, JPY_PARENT_PID: String(process.pid) }, stdio: 'ignore' }); console.log(child.pid); setInterval(() => undefined, 1000)`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))));
    const client = new WireClient(info, new Promise(() => undefined));
    await client.join();
    const cell = await client.execute('while (true);');
    await client.until(() => client.of(cell.header.msg_id)[1], 'its input');
    parent.kill('SIGKILL');
    const until = Date.now() + 8_000;
    while (isAlive(pid) && Date.now() < until) await sleep(50);
    const isOrphan = isAlive(pid);
    if (isOrphan) process.kill(pid, 'SIGKILL');
    client.close();
    fs.rmSync(folder, { recursive: true });
    expect(isOrphan).toBe(false);
  });
});

describe('the start of a kernel', () => {
  const [installed] = KERNELS;
  if (installed === undefined) throw new Error('no kernel was installed');
  const { argv } = readSpec(installed);
  const startWith = (file: string) => spawnSync(argv[0] ?? '', argv.slice(1).map((part) => part.replace('{connection_file}', file)), { encoding: 'utf8', timeout: 20_000 });

  it('without its connection file ends with a sentence', () => {
    const { status, stderr } = startWith('/nowhere/kernel.json');
    expect({ status, stderr }).toEqual({ status: 78, stderr: expect.stringMatching(/^patchbay: the connection file \/nowhere\/kernel\.json cannot be read: ENOENT.*\n$/) });
  });

  it('on a port that is taken names it', async () => {
    const kernel = await start(installed);
    const { file } = await writeConnectionFile(kernel.folder, { hb_port: kernel.info.hb_port });
    const { status, stderr } = startWith(file);
    expect({ status, stderr }).toEqual({ status: 78, stderr: expect.stringMatching(new RegExp(`^patchbay: tcp://127.0.0.1:${kernel.info.hb_port} for hb cannot be bound: .*in use\n$`)) });
  });

  it('works again after a kernel was killed', async () => {
    const first = await start(installed);
    await first.client.execute('while (true);');
    first.kill('SIGKILL');
    await first.exited;
    const second = await start(installed);
    expect((await second.client.run('1 + 1')).result).toBe('2');
  });

  it('by `patchbay kernel`, which ends with it and takes it along', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-command-'));
    const { file, info } = await writeConnectionFile(folder);
    const command = spawn(process.execPath, [CLI, 'kernel', '--connection-file', file], { stdio: 'ignore', env: { ...process.env, JPY_PARENT_PID: '' } });
    const ended = new Promise<number | null>((resolve) => command.once('exit', resolve));
    const client = new WireClient(info, ended);
    await client.join();
    const pid = Number((await client.run('process.pid')).result);
    await client.send('control', 'shutdown_request', { restart: false });
    expect(await ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    client.close();
    fs.rmSync(folder, { recursive: true });
  });

  it.each([
    [['kernel'], 'kernel takes a connection file: patchbay kernel --connection-file file'],
    [['kernel', '--connection-file', '/nowhere'], '--connection-file /nowhere: there is no such file; the Jupyter client that starts a kernel writes it'],
    [['install', '--user', '--prefix', '/x'], '--user, --sys-prefix and --prefix name three places; choose one'],
    [['install', '--node', '/nowhere/node'], '--node /nowhere/node: there is no such file'],
    [['install', 'here'], 'install takes no here: patchbay install'],
  ])('%j is refused', (args, message) => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain(`patchbay: ${message}`);
  });
});

describe('patchbay install', () => {
  const run = (args: string[], env: Record<string, string> = {}) => spawnSync(process.execPath, [CLI, 'install', ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
  const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-install-'));

  it('writes what Jupyter reads, and nothing that leads out of its folder but the Node', () => {
    const [installed] = KERNELS;
    const spec = readSpec(installed!);
    const folder = specFolder(installed!);
    expect(spec).toMatchObject({ display_name: 'TypeScript (Patchbay)', language: 'typescript', interrupt_mode: 'message' });
    expect(spec.argv.at(-1)).toBe('{connection_file}');
    expect(spec.argv[1]).toBe(path.join(folder, 'start.sh'));
    const script = fs.readFileSync(path.join(folder, 'start.sh'), 'utf8');
    expect(script).not.toContain(path.dirname(CLI));
    for (const logo of ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg', 'kernel/node_modules/zeromq/package.json']) expect(fs.existsSync(path.join(folder, logo)), logo).toBe(true);
  });

  it('goes to the data folder of the user, replaces itself, and is removed again', () => {
    const folder = temporary();
    const env = { JUPYTER_DATA_DIR: path.join(folder, 'data') };
    for (let times = 0; times < 2; times++) expect(run(times === 0 ? [] : ['--user'], env)).toMatchObject({ status: 0, stdout: expect.stringContaining(`now: ${path.join(folder, 'data', 'kernels', 'patchbay')}\n`) });
    expect(fs.readdirSync(path.join(folder, 'data', 'kernels'))).toEqual(['patchbay']);
    expect(run(['--remove'], env).stdout).toContain('Removed ');
    expect(fs.readdirSync(path.join(folder, 'data', 'kernels'))).toEqual([]);
    expect(run(['--remove'], env)).toMatchObject({ status: 0, stdout: `There is no kernel of Patchbay in ${env.JUPYTER_DATA_DIR}.\n` });
    fs.rmSync(folder, { recursive: true });
  });

  it('--sys-prefix is the active environment', () => {
    const folder = temporary();
    expect(run(['--sys-prefix'], { VIRTUAL_ENV: folder }).status).toBe(0);
    expect(fs.existsSync(path.join(folder, 'share', 'jupyter', 'kernels', 'patchbay', 'kernel.json'))).toBe(true);
    fs.rmSync(folder, { recursive: true });
  });

  it('says where it cannot write, and leaves nothing behind', () => {
    const folder = temporary();
    fs.writeFileSync(path.join(folder, 'share'), 'a file');
    const { status, stderr } = run(['--prefix', folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^patchbay: The kernel cannot be written to .*kernels: (ENOTDIR|EEXIST).*\nWithout options it goes to your own Jupyter folder; --prefix names another place\.\n$/);
    expect(fs.readdirSync(folder)).toEqual(['share']);
    fs.rmSync(folder, { recursive: true });
  });

  it('refuses a Node that cannot run the kernel, and keeps the kernel that was there', () => {
    const folder = temporary();
    expect(run(['--prefix', folder]).status).toBe(0);
    const broken = path.join(folder, 'node');
    fs.writeFileSync(broken, '#!/bin/sh\necho "Error: too old" >&2\nexit 1\n', { mode: 0o755 });
    const { status, stderr } = run(['--prefix', folder, '--node', broken]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('Error: too old')]);
    const kernels = path.join(folder, 'share', 'jupyter', 'kernels');
    expect(fs.readdirSync(kernels)).toEqual(['patchbay']);
    expect(fs.readFileSync(path.join(kernels, 'patchbay', 'start.sh'), 'utf8')).not.toContain(broken);
    fs.rmSync(folder, { recursive: true });
  });
});
