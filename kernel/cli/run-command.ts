import fs from 'node:fs';
import path from 'node:path';
import { parseArguments, UsageError } from './arguments.js';
import { readNotebook, writeNotebook } from './notebook-file.js';
import { runNotebook, type CellReport } from './run-notebook.js';

export const RUN_USAGE = 'patchbay run in.ipynb [-o out.ipynb] [--allow-errors] [--timeout seconds]';

const MAX_HEADLINE_CHARS = 60;

/** Exit code: 0 when every cell is ok, 1 when a cell failed. @throws UsageError, NotebookFileError */
export async function runCommand(args: readonly string[], kernelFile: string): Promise<number> {
  const { positional, values, flags } = parseArguments(args, { values: { '--out': '-o', '--timeout': undefined }, flags: ['--allow-errors', '--quiet'] });
  const [input, ...more] = positional;
  if (input === undefined || more.length > 0) throw new UsageError(`run takes one notebook: ${RUN_USAGE}`);
  const timeout = values['--timeout']?.at(-1);
  const seconds = timeout === undefined ? undefined : Number(timeout);
  if (seconds !== undefined && !(seconds > 0)) throw new UsageError(`--timeout takes seconds above 0, not ${String(timeout)}`);
  const file = path.resolve(input);
  const out = values['--out']?.at(-1);
  const notebook = readNotebook(file);
  if (out !== undefined) checkFolder(out);
  const started = performance.now();
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort();
  process.once('SIGINT', onInterrupt);
  const report = await runNotebook(file, notebook, {
    kernelFile,
    node: { path: process.execPath, args: [], env: {}, label: `Node ${process.versions.node}` },
    allowErrors: flags.has('--allow-errors'),
    ...(seconds === undefined ? {} : { timeoutMs: seconds * 1000 }),
    ...(flags.has('--quiet') ? {} : { onCell: (cell) => process.stdout.write(`${cellLine(cell)}\n`) }),
    onLog: (line) => process.stderr.write(`${line}\n`),
    signal: abort.signal,
  }).finally(() => {
    process.off('SIGINT', onInterrupt);
    if (out !== undefined) writeNotebook(path.resolve(out), notebook);
  });
  const { failed, cells, typeErrors } = report;
  if (typeErrors.length > 0) process.stderr.write(`\nType errors:\n${typeErrors.join('\n')}\n`);
  if (failed !== undefined) process.stderr.write(`\nCell ${failed.number} of ${failed.of} failed:\n${(failed.error?.traceback ?? []).join('\n')}\n`);
  const seen = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} in ${((performance.now() - started) / 1000).toFixed(1)} s`;
  const saved = out === undefined ? '' : `, saved to ${out}`;
  if (!flags.has('--quiet')) process.stdout.write(`${failed === undefined ? 'Ran' : 'Stopped after'} ${seen}${saved}\n`);
  return failed === undefined ? 0 : 1;
}

/** Before the run: its work would be lost. */
function checkFolder(out: string): void {
  const folder = path.dirname(path.resolve(out));
  if (!fs.existsSync(folder)) throw new UsageError(`-o ${out}: there is no folder ${folder}`);
}

/** `[3/12] const model = tf.sequential();  12 ms` */
export function cellLine({ number, of, source, ms, status, error }: CellReport): string {
  const first = source.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('//')) ?? source;
  const headline = first.trim().length > MAX_HEADLINE_CHARS ? `${first.trim().slice(0, MAX_HEADLINE_CHARS - 1)}…` : first.trim();
  const time = ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
  const how = status === 'ok' ? '' : status === 'error' ? `  ${error?.ename ?? 'error'}` : `  ${error?.ename ?? 'error'}, as the cell expects`;
  return `[${number}/${of}] ${headline.padEnd(MAX_HEADLINE_CHARS)} ${time}${how}`;
}
