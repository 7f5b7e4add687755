/**
 * The language service as an editor meets it, through a real kernel process: `node scripts/bench.mjs language [--json]`.
 * Medians, against the limits that were set for them; there is no peer: no other notebook has one.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { KernelProcess } from '../kernel/client/kernel-process.js';
import type { CellText, LanguageMethod, LanguageParams, LanguageReply, LanguageResult } from '../kernel/protocol/language.js';
import { notebookCells, TFJS_CELLS } from './language/cells.js';
import { summarize, type Summary } from '../kernel/bench/statistics.js';

const STARTS = 3;
const ROUNDS = 30;
const RUNS = 60;

class Editor {
  readonly #kernel: KernelProcess;

  constructor(readonly folder: string) {
    this.#kernel = KernelProcess.start({ node: { path: process.execPath, args: [], env: {}, label: 'Node' }, kernelFile: path.resolve('dist/kernel/main.js'), cwd: folder });
  }

  ready(): Promise<unknown> {
    return this.#kernel.ready;
  }

  async ask<Method extends LanguageMethod>(method: Method, params: LanguageParams<Method>): Promise<LanguageResult<Method>> {
    const { content } = await this.#kernel.request<LanguageReply<Method>>('control', 'patchbay_language_request', { method, params });
    if (content.status !== 'ok') throw new Error(`${method}: ${JSON.stringify(content)}`);
    return content.result;
  }

  /** Completion where the cell's text ends. */
  complete({ id, text }: CellText): Promise<unknown> {
    const lines = text.split('\n');
    return this.ask('completion', { position: { cell: id, line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } });
  }

  /** Writes a cell anew, and resolves when it is done: the edit itself costs nothing that waits. */
  write({ id, text }: CellText): Promise<unknown> {
    return this.ask('notebook/change', { changes: [{ type: 'edit', cell: id, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } }, text }] }] });
  }

  async run(code: string): Promise<void> {
    await this.#kernel.execute({ code }).reply;
  }

  stop(): Promise<unknown> {
    return this.#kernel.shutdown();
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

async function times(count: number, action: (round: number) => Promise<unknown>, before: (round: number) => Promise<unknown> = () => Promise.resolve()): Promise<number[]> {
  const result: number[] = [];
  for (let round = 0; round < count; round++) {
    await before(round);
    result.push(await timed(() => action(round)));
  }
  return result;
}

interface Row {
  readonly name: string;
  readonly limit: number;
  readonly times: readonly number[];
}

async function measure(folder: string): Promise<Row[]> {
  const cells = notebookCells();
  const last = cells.at(-1) ?? { id: '', text: '' };
  const first: number[] = [];
  let editor: Editor | undefined;
  for (let start = 0; start < STARTS; start++) {
    await editor?.stop();
    const next = (editor = new Editor(folder));
    await next.ready();
    first.push(await timed(() => Promise.all([next.ask('notebook/open', { cells }), next.complete({ id: last.id, text: last.text })])));
  }
  if (editor === undefined) throw new Error('no kernel was started');
  const open = editor;
  const plain: CellText[] = [{ id: 'a', text: 'const a = [1];' }, { id: 'b', text: 'a.' }];
  const draft = (round: number): CellText => ({ id: last.id, text: `const x${round % 3} = t${40 + (round % 7)};\nt${20 + (round % 9)}.` });
  const rows: Row[] = [{ name: 'first answer, 50 cells with tfjs', limit: 2_500, times: first }];
  await times(10, (round) => open.write(draft(round)).then(() => open.complete(draft(round))));
  rows.push({ name: 'completion, warm, with tfjs', limit: 10, times: await times(ROUNDS, () => open.complete(draft(9))) });
  rows.push({ name: 'completion right after an edit', limit: 100, times: await times(ROUNDS, (round) => open.complete(draft(round)), (round) => open.write(draft(round))) });
  const wrong = (round: number): CellText => ({ id: `c${10 + (round % 5)}`, text: `const wrong${round}: string = t9;` });
  rows.push({ name: 'diagnostics of an edited cell', limit: 300, times: await times(ROUNDS, (round) => open.ask('diagnostics', { cell: wrong(round).id }), (round) => open.write(wrong(round))) });
  await open.run('1+1');
  const alone = await times(RUNS, () => open.run('1+1'));
  const beside = await times(RUNS, () => open.run('1+1'), (round) => (round % 5 === 0 ? open.write(wrong(round)).then(() => new Promise((resolve) => setTimeout(resolve, 160))) : Promise.resolve()));
  rows.push({ name: '1+1', limit: Infinity, times: alone }, { name: '1+1 while diagnostics are computed', limit: summarize(alone).median + 1, times: beside });
  await open.ask('notebook/open', { cells: plain });
  await times(10, () => open.complete(plain[1] ?? last));
  rows.push({ name: 'completion, warm', limit: 5, times: await times(ROUNDS, () => open.complete(plain[1] ?? last)) });
  await open.stop();
  return rows;
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-bench-'));
  try {
    const rows = (await measure(folder)).map(({ name, limit, times: all }) => ({ name, limit, ...summarize(all) }));
    if (process.argv.includes('--json')) console.log(JSON.stringify({ cpus: os.cpus().length, load: os.loadavg(), node: process.version, cells: TFJS_CELLS, rows }, undefined, 1));
    else for (const row of rows) console.log(line(row));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function line({ name, limit, median, quartiles: [low, high] }: { readonly name: string; readonly limit: number } & Summary): string {
  const verdict = limit === Infinity ? '' : median <= limit ? `  within ${limit.toFixed(1)}` : `  OVER ${limit.toFixed(1)}`;
  return `${name.padEnd(40)} median ${median.toFixed(1).padStart(8)} ms  half between ${low.toFixed(1)} and ${high.toFixed(1)}${verdict}`;
}

void main();
