import fs from 'node:fs';
import path from 'node:path';
import { parseArguments, UsageError } from './arguments.js';
import { cellLine } from './cell-line.js';
import { readNotebook, writeNotebook } from './notebook-file.js';
import { injectParameters, parseParameter } from './parameters.js';
import { runNotebook } from './run-notebook.js';
import { TerminalProgress } from './terminal-progress.js';

export const RUN_USAGE = 'patchbay run in.ipynb [-o out.ipynb] [--allow-errors] [--timeout seconds] [--param name=json]… [--quiet]';

/** Exit code: 0 when every cell is ok, 1 when a cell failed. @throws UsageError, NotebookFileError */
export async function runCommand(args: readonly string[], kernelFile: string): Promise<number> {
  const { positional, values, flags } = parseArguments(args, { values: { '--out': '-o', '--timeout': undefined, '--param': '-p' }, flags: ['--allow-errors', '--quiet'] });
  const [input, ...more] = positional;
  if (input === undefined || more.length > 0) throw new UsageError(`run takes one notebook: ${RUN_USAGE}`);
  const timeout = values['--timeout']?.at(-1);
  const seconds = timeout === undefined ? undefined : Number(timeout);
  if (seconds !== undefined && !(seconds > 0)) throw new UsageError(`--timeout takes seconds above 0, not ${String(timeout)}`);
  const parameters = (values['--param'] ?? []).map(parseParameter);
  const file = path.resolve(input);
  const out = values['--out']?.at(-1);
  const notebook = readNotebook(file);
  if (out !== undefined) checkFolder(out);
  injectParameters(notebook, parameters);
  const isQuiet = flags.has('--quiet');
  const progress = process.stdout.isTTY && !isQuiet ? new TerminalProgress(process.stdout) : undefined;
  /** With the line that follows the cell out of its way. */
  const log = (line: string): void => {
    progress?.clear();
    process.stderr.write(`${line}\n`);
  };
  const started = performance.now();
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort();
  process.once('SIGINT', onInterrupt);
  const report = await runNotebook(file, notebook, {
    kernelFile,
    node: { path: process.execPath, args: [], env: {}, label: `Node ${process.versions.node}` },
    allowErrors: flags.has('--allow-errors'),
    ...(seconds === undefined ? {} : { timeoutMs: seconds * 1000 }),
    onStart: (cell) => progress?.start(cell),
    onOutput: (output) => progress?.show(output),
    ...(isQuiet ? {} : {
          onCell: (cell) => {
            progress?.end();
            process.stdout.write(`${cellLine(cell)}\n`);
          },
        }),
    onLog: log,
    signal: abort.signal,
  }).finally(() => {
    progress?.end();
    process.off('SIGINT', onInterrupt);
    if (out !== undefined) writeNotebook(path.resolve(out), notebook);
  });
  const { failed, cells, typeErrors } = report;
  if (typeErrors.length > 0) process.stderr.write(`\nType errors:\n${typeErrors.join('\n')}\n`);
  if (failed !== undefined) process.stderr.write(`\nCell ${failed.number} of ${failed.of} failed:\n${(failed.error?.traceback ?? []).join('\n')}\n`);
  const seen = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} in ${((performance.now() - started) / 1000).toFixed(1)} s`;
  const saved = out === undefined ? '' : `, saved to ${out}`;
  if (!isQuiet) process.stdout.write(`${failed === undefined ? 'Ran' : 'Stopped after'} ${seen}${saved}\n`);
  return failed === undefined ? 0 : 1;
}

/** Before the run: its work would be lost. */
function checkFolder(out: string): void {
  const folder = path.dirname(path.resolve(out));
  if (!fs.existsSync(folder)) throw new UsageError(`-o ${out}: there is no folder ${folder}`);
}
