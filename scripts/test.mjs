#!/usr/bin/env node
// `npm test` on a fresh clone: sets up what is missing, runs every part whatever the others do, and counts.
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { ensureDependencies, requireNode, root, seconds } from './lib/setup.mjs';
import { npmEnvironment } from './lib/npm.mjs';
import { countReport, failures } from './test/count.mjs';
import { STAGES } from './test/parts.mjs';

const LOGS = path.join(root, 'out', 'test');
const TAIL_LINES = 40;

const logFile = (name) => path.join(LOGS, `${name.replaceAll(' ', '-')}.log`);

/** Runs a program into a log file. Resolves to its exit code, or to the reason why it has none. */
async function runLogged(name, [command, args], limit) {
  const log = createWriteStream(logFile(name));
  // A group of its own, so that what the part has started ends with it when its time is up.
  const child = spawn(command, args, { cwd: root, env: { ...npmEnvironment(), NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = (signal) => {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      // It has ended.
    }
  };
  const onInterrupt = () => {
    stop('SIGKILL');
    process.exit(130);
  };
  process.once('SIGINT', onInterrupt);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop('SIGKILL');
  }, limit);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (exit, signal) => resolve(exit ?? signal));
  });
  clearTimeout(timer);
  process.off('SIGINT', onInterrupt);
  const reason = late ? `it was ended after ${seconds(limit)}` : code;
  log.end(late ? `\n${reason}\n` : '');
  await new Promise((resolve) => log.on('close', resolve));
  return reason;
}

/** Runs one part. Resolves to `{ passed, failed, skipped, detail }`. */
async function runPart({ name, action, command, report, limit }) {
  if (action !== undefined) {
    return action().then(
      () => ({ passed: 1, failed: 0, skipped: 0, detail: '' }),
      async (error) => {
        await fs.writeFile(logFile(name), `${error.stack ?? error}\n`);
        return { passed: 0, failed: 1, skipped: 0, detail: error.message };
      },
    );
  }
  const code = await runLogged(name, await command(), limit);
  const counts = report === undefined ? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 } : await countReport(report, code);
  if (counts.failed === 0) return { ...counts, detail: '' };
  const lines = (await fs.readFile(logFile(name), 'utf8')).trim().split('\n').slice(-TAIL_LINES);
  const titles = report === undefined ? [] : await failures(report);
  const detail = [`(ended with ${code})`, ...titles.map((title) => `✗ ${title}`), '', ...lines].join('\n');
  return { ...counts, detail };
}

const total = { passed: 0, failed: 0, skipped: 0 };

async function reportPart(part) {
  const why = part.skip?.();
  if (why !== undefined) {
    console.log(`- ${part.name}: left out, ${why}`);
    return;
  }
  const started = Date.now();
  const { passed, failed, skipped, detail } = await runPart(part).catch((error) => ({ passed: 0, failed: 1, skipped: 0, detail: error.message }));
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const counts = part.report === undefined ? '' : `  ${passed} passed${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed ? '✗' : '✓'} ${part.name.padEnd(20)} ${seconds(Date.now() - started).padStart(8)}${counts}`);
  if (failed) console.log(`${detail.replace(/^/gm, '    ')}\n    log: ${path.relative(root, logFile(part.name))}`);
}

async function runLane(lane) {
  for (const part of lane) await reportPart(part);
}

requireNode();
const started = Date.now();
await fs.rm(LOGS, { recursive: true, force: true });
await fs.mkdir(LOGS, { recursive: true });
try {
  const before = Date.now();
  if (await ensureDependencies()) console.log(`✓ ${'dependencies'.padEnd(20)} ${seconds(Date.now() - before).padStart(8)}`);
  for (const lanes of STAGES) await Promise.all(lanes.map(runLane));
} catch (error) {
  console.error(`✗ dependencies could not be installed: ${error.message}`);
  total.failed += 1;
}
console.log(`everything took ${seconds(Date.now() - started)}`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
