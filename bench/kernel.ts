/**
 * Our kernel beside tslab's in the same run, both as real processes: `npm run bench:kernel [-- --json]`.
 * Rounds alternate between the two, so that a machine that slows down slows both.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fortyLines } from './kernel/cells.js';
import { patchbay } from './kernel/patchbay.js';
import { summarize, type Summary } from '../kernel/bench/statistics.js';
import { LostMessageError, type RunningKernel, type Subject } from './kernel/subject.js';
import { tslab } from './kernel/tslab.js';

const STARTS = 9;
const SHORT_CELLS = 200;
const LONG_CELLS = 21;

const ROWS = {
  ready: 'process start to ready',
  firstCell: 'process start to the first cell done',
  short: '1+1, request to idle',
  shortWithRuntime: "1+1 after import 'patchbay'",
  long: '40 new lines of TypeScript',
} as const;
type Row = keyof typeof ROWS;
const ROW_NAMES = ['ready', 'firstCell', 'short', 'shortWithRuntime', 'long'] as const satisfies readonly Row[];

type Times = Record<Row, number[]> & { lost: number };

async function timed<T>(into: number[], action: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await action();
  into.push(performance.now() - started);
  return value;
}

async function measureStart(subject: Subject, times: Times): Promise<void> {
  const first: number[] = [];
  await timed(first, async () => {
    const kernel = await timed(times.ready, () => subject.start());
    await kernel.run('1+1');
    return kernel;
  }).then((kernel) => kernel.stop());
  times.firstCell.push(...first);
}

async function measureCells(kernel: RunningKernel, { importRuntime }: Subject, times: Times): Promise<void> {
  const measure = (row: Row, code: string): Promise<void> =>
    timed(times[row], () => kernel.run(code)).catch((error: unknown) => {
      if (!(error instanceof LostMessageError)) throw error;
      times.lost += 1;
    });
  for (let i = 0; i < 10; i++) await kernel.run('1+1'); // warms up both sides of the connection
  for (let i = 0; i < SHORT_CELLS; i++) await measure('short', '1+1');
  await kernel.run(fortyLines(0));
  for (let n = 1; n <= LONG_CELLS; n++) await measure('long', fortyLines(n));
  if (importRuntime === undefined) return;
  await kernel.run(importRuntime);
  for (let i = 0; i < SHORT_CELLS; i++) await measure('shortWithRuntime', '1+1');
}

function table(names: readonly string[], summaries: readonly Partial<Record<Row, Summary>>[]): string {
  const cell = (summary: Summary | undefined): string =>
    summary === undefined ? '–' : `${summary.median.toFixed(2)} (${summary.quartiles.map((q) => q.toFixed(2)).join('–')})`;
  const ratio = (row: Row): string => {
    const [ours, other] = summaries.map((summary) => summary[row]?.median);
    return ours === undefined || other === undefined ? '–' : `${(other / ours).toFixed(1)}×`;
  };
  const lines = [
    ['ms: median (middle half)', ...names, `${names[1]} / ${names[0]}`],
    ...ROW_NAMES.map((row) => [ROWS[row], ...summaries.map((summary) => cell(summary[row])), ratio(row)]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('   ')).join('\n');
}

async function main(): Promise<void> {
  const root = process.cwd();
  const cwd = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-bench-'));
  try {
    const noTimes = (): Times => ({ ready: [], firstCell: [], short: [], shortWithRuntime: [], long: [], lost: 0 });
    const measured = [patchbay(root, cwd), tslab(root, cwd)].map((subject) => ({ subject, times: noTimes() }));
    for (const { subject } of measured) await subject.start().then(async (kernel) => kernel.run('1+1').then(() => kernel.stop())); // fills file caches
    for (let round = 0; round < STARTS; round++) {
      for (const { subject, times } of measured) await measureStart(subject, times);
    }
    for (const { subject, times } of measured) {
      const kernel = await subject.start();
      await measureCells(kernel, subject, times).finally(() => kernel.stop());
    }
    const summaries = measured.map(({ times }) =>
      Object.fromEntries(ROW_NAMES.filter((row) => times[row].length > 0).map((row) => [row, summarize(times[row])])),
    );
    const machine = { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, node: process.versions.node, platform: `${process.platform} ${process.arch}` };
    if (process.argv.includes('--json')) {
      console.log(JSON.stringify({ machine, rows: ROWS, results: measured.map(({ subject, times }, index) => ({ name: subject.name, times: summaries[index], lost: times.lost })) }, null, 2));
      return;
    }
    console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.platform}\n`);
    console.log(table(measured.map(({ subject }) => subject.name), summaries));
    console.log(`\nRequests that were never answered: ${measured.map(({ subject, times }) => `${subject.name} ${times.lost}`).join(', ')}.`);
    console.log(`${STARTS} starts, ${SHORT_CELLS} short and ${LONG_CELLS} long cells each; starts alternate. Patchbay over its pipe, tslab over ZeroMQ.`);
  } finally {
    await fs.rm(cwd, { recursive: true, force: true });
  }
}

void main();
