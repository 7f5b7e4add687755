/** Interrupts, a client that is killed, and more output than anybody reads. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, NoAnswerError } from './client.js';
import { writeConnectionFile } from '../../test/support/connection-file.js';
import { Kernel, listening, SOCKETS } from './kernel.js';
import type { Results } from './results.js';
import type { Subject } from './subjects.js';
import type { Running } from './cells.js';

const INTERRUPT = 'interrupt of while(true){}, request to idle';
const HEARTBEAT = 'heartbeat meanwhile';
/** A peer that does not end the loop by then never does. */
const INTERRUPT_TIMEOUT_MS = 2_500;
const ANSI = /\u001b\[[\d;]*m/g;
/** So long the loop runs before it is interrupted. */
const LOOP_MS = 15;

/** 100 interrupts in a row in one kernel whose variables must survive; peers that cannot are noted at the first. */
export async function measureInterrupts(all: readonly Subject[], folder: string, results: Results, count: number): Promise<void> {
  results.row(INTERRUPT, { unit: 'ms', target: { atMost: 300 }, worst: true });
  results.row(HEARTBEAT, { unit: 'ms' });
  for (const subject of all) {
    const kernel = await Kernel.start(subject, folder);
    const failure = await interruptInARow({ subject, kernel }, results, count).catch((error: unknown) => {
      if (error instanceof NoAnswerError) return 'never ends';
      throw error;
    });
    if (failure !== undefined) results.note(INTERRUPT, subject.name, failure);
    await kernel.stop();
  }
}

async function interruptInARow({ subject, kernel }: Running, results: Results, count: number): Promise<string | undefined> {
  const { client } = kernel;
  await client.join();
  await client.run('let kept = 0;');
  for (let i = 1; i <= count; i++) {
    let running = (): void => undefined;
    const isRunning = new Promise<void>((resolve) => (running = resolve));
    const ended = client.run('kept++; while (true) {}', { mayFail: true, timeoutMs: INTERRUPT_TIMEOUT_MS, onPublished: ({ header }) => header.msg_type === 'execute_input' && running() });
    ended.catch(() => undefined);
    await Promise.race([isRunning, ended]);
    await sleep(LOOP_MS);
    results.add(HEARTBEAT, subject.name, await client.heartbeat(500).catch(() => undefined));
    const asked = performance.now();
    if (subject.interrupt === 'message') void client.ask('control', 'interrupt_request', {}, { needsIdle: false, timeoutMs: INTERRUPT_TIMEOUT_MS }).catch(() => undefined);
    else kernel.signalInterrupt();
    await ended;
    results.add(INTERRUPT, subject.name, performance.now() - asked);
    if (!kernel.isAlive) return 'the kernel ends';
  }
  const { published } = await client.run('kept', { mayFail: true });
  // SAFETY: a bundle whose text/plain is read alone, and shown as it is whatever it holds.
  const data = published.find(({ header }) => header.msg_type === 'execute_result')?.content['data'] as Record<string, string> | undefined;
  const shown = (data?.['text/plain'] ?? 'nothing').replaceAll(ANSI, '');
  return shown === String(count) ? 'session kept' : `kept is ${shown}`;
}

const ORPHAN = 'orphan: from the death of its client to its own';
const ORPHAN_MS = 5_000;
/** Starts a kernel as Jupyter does and waits to be killed. */
const CLIENT = `const { spawn } = require('node:child_process');
const { argv, env, cwd } = JSON.parse(process.argv[1]);
const child = spawn(argv[0], argv.slice(1), { cwd, env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) }, stdio: 'ignore', detached: true });
process.stdout.write(String(child.pid));
setInterval(() => undefined, 1000);`;

/** A kernel whose client is killed. */
export async function measureOrphans(all: readonly Subject[], folder: string, results: Results): Promise<void> {
  results.row(ORPHAN, { unit: 's', target: { atMost: 5 } });
  for (const subject of all) {
    const { file, info } = await writeConnectionFile(folder, { kernel_name: 'bench' });
    const argv = subject.argv.map((part) => part.replace('{connection_file}', file));
    const starter = spawn(process.execPath, ['-e', CLIENT, JSON.stringify({ argv, env: subject.env, cwd: path.resolve(folder) })], { stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = Number(await new Promise<Buffer>((resolve) => starter.stdout.once('data', resolve)));
    await listening(SOCKETS.map((name) => info[name]), new Promise(() => undefined));
    await sleep(50);
    const client = new Client(info);
    await client.ask('shell', 'kernel_info_request', {}, { needsIdle: false });
    client.close();
    starter.kill('SIGKILL');
    const killed = performance.now();
    while (exists(pid) && performance.now() - killed < ORPHAN_MS) await sleep(10);
    if (!exists(pid)) results.add(ORPHAN, subject.name, (performance.now() - killed) / 1000);
    else {
      results.note(ORPHAN, subject.name, `still there after ${ORPHAN_MS / 1000}`);
      process.kill(-pid, 'SIGKILL');
    }
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const MEGABYTES = 50;
const OUTPUT_TIMEOUT_MS = 20_000;

/** 50 MB, once as one string and once as half a million lines; the kernel must answer afterwards. */
export async function measureOutput(all: readonly Subject[], folder: string, results: Results): Promise<void> {
  const kinds = [
    { name: '50 MB of output in one string', code: `console.log('x'.repeat(${MEGABYTES}e6))` },
    { name: '50 MB of output in 50,000 lines', code: `for (let i = 0; i < 50_000; i++) console.log('x'.repeat(999))` },
  ];
  for (const { name, code } of kinds) {
    results.row(name, { unit: 's' });
    for (const subject of all) {
      const kernel = await Kernel.start(subject, folder);
      await kernel.client.join();
      let bytes = 0;
      const onPublished = ({ header, content }: { header: { msg_type: string }; content: Record<string, unknown> }): void => void (bytes += header.msg_type === 'stream' ? String(content['text']).length : 0);
      const started = performance.now();
      const isOver = await kernel.client.run(code, { timeoutMs: OUTPUT_TIMEOUT_MS, mayFail: true, onPublished }).then(() => true, () => false);
      while (isOver && bytes < MEGABYTES * 1e6 && performance.now() - started < OUTPUT_TIMEOUT_MS) await sleep(20);
      if (isOver && bytes >= MEGABYTES * 1e6) results.add(name, subject.name, (performance.now() - started) / 1000);
      const isWell = await kernel.client.run('1+1', { timeoutMs: 5_000 }).then(() => true, () => false);
      const problems = [...(bytes >= MEGABYTES * 1e6 ? [] : [`${(bytes / 1e6).toFixed(1)} MB came`]), ...(isOver ? [] : ['no reply']), ...(isWell ? [] : [kernel.isAlive ? 'answers no more' : 'the kernel ended'])];
      if (problems.length > 0) results.note(name, subject.name, problems.join(', '));
      await kernel.stop();
    }
  }
}
