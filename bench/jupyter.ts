/**
 * Our kernel beside Deno's and tslab's over ZeroMQ, all with one client in one run: `npm run bench:jupyter [-- --quick] [-- --json[=file]]`.
 * Rounds go from one kernel to the next, so that a machine that slows down slows all. Takes about three minutes.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measureCells, measureCompletion, measureLines, type Running } from './jupyter/cells.js';
import { measureInterrupts, measureOrphans, measureOutput } from './jupyter/endurance.js';
import { Kernel } from './jupyter/kernel.js';
import { json, table } from './jupyter/report.js';
import { Results } from './jupyter/results.js';
import { measureStarts } from './jupyter/starts.js';
import { subjects, type Subject, type Tools } from './jupyter/subjects.js';

const FULL = { starts: 9, short: 200, lines: 5, completions: 30, interrupts: 100 };
const QUICK = { starts: 3, short: 40, lines: 1, completions: 6, interrupts: 10 };
/** What a kernel does after its start, nobody waits for. */
const SETTLE_MS = 2_000;

async function measureRunning(all: readonly Subject[], folder: string, results: Results, counts: typeof FULL): Promise<void> {
  const running: Running[] = [];
  try {
    for (const subject of all) running.push({ subject, kernel: await Kernel.start(subject, folder) });
    await sleep(SETTLE_MS);
    results.row('memory at the start', { unit: 'MB', target: { atMost: 150 } });
    for (const { subject, kernel } of running) results.add('memory at the start', subject.name, kernel.memory());
    for (const { kernel } of running) await kernel.client.join();
    say('cells');
    await measureCells(running, results, counts.short);
    say('lines');
    await measureLines(running, results, counts.lines);
    say('completion');
    await measureCompletion(running, results, counts.completions);
    results.row('memory after all these cells', { unit: 'MB' });
    for (const { subject, kernel } of running) results.add('memory after all these cells', subject.name, kernel.memory());
  } finally {
    for (const { kernel } of running) await kernel.stop();
  }
}

const began = Date.now();
const say = (what: string): void => void process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);

async function main(): Promise<void> {
  const root = process.cwd();
  const counts = process.argv.includes('--quick') ? QUICK : FULL;
  const only = process.argv.find((argument) => argument.startsWith('--parts='))?.slice(8).split(',');
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-bench-')));
  try {
    // SAFETY: scripts/bench.mjs puts exactly this into the environment of the bench.
    const all = subjects(root, folder, JSON.parse(process.env['PATCHBAY_BENCH_TOOLS'] ?? '{}') as Tools);
    const results = new Results();
    const parts: Record<string, () => Promise<void>> = {
      starts: async () => {
        await measureStarts(all, folder, new Results(), 'whenListening', 1); // fills file caches
        await measureStarts(all, folder, results, 'atOnce', counts.starts);
        await measureStarts(all, folder, results, 'whenListening', Math.ceil((counts.starts * 2) / 3));
      },
      running: () => measureRunning(all, folder, results, counts),
      interrupts: () => measureInterrupts(all, folder, results, counts.interrupts),
      orphans: () => measureOrphans(all, folder, results),
      output: () => measureOutput(all, folder, results),
    };
    for (const [name, measure] of Object.entries(parts)) {
      if (only !== undefined && !only.includes(name)) continue;
      say(name);
      await measure();
    }
    report(results, all, began);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(results: Results, all: readonly Subject[], since: number): void {
  const machine = { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, load: os.loadavg(), node: process.versions.node, platform: `${process.platform} ${process.arch}` };
  const asJson = process.argv.find((argument) => argument.startsWith('--json'));
  const text = JSON.stringify({ date: new Date().toISOString(), machine, subjects: all.map(({ name }) => name), rows: json(results.rows, all) }, undefined, 2);
  const file = asJson?.split('=')[1];
  if (file !== undefined) fs.writeFileSync(file, `${text}\n`);
  if (asJson !== undefined && file === undefined) {
    console.log(text);
    return;
  }
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.platform}, load ${machine.load.map((load) => load.toFixed(1)).join(' ')}; ${((Date.now() - since) / 1000).toFixed(0)} s\n`);
  console.log(table(results.rows, all));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
