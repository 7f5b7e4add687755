import fs from 'node:fs';
import path from 'node:path';
import { runBench } from '../bench/run.js';
import { reportText } from '../bench/table.js';
import { workloadsOf, type Plan } from '../bench/workloads.js';
import { VERSION } from '../protocol/version.js';
import { parseArguments, UsageError } from './arguments.js';

export const BENCH_USAGE = 'patchbay bench [--json] [--quick | --full] [--only part-of-a-name] [--python path]';

export interface BenchArguments {
  readonly json: boolean;
  readonly plan: Plan;
  readonly only: string | undefined;
  readonly python: string | undefined;
}

/** @throws UsageError */
export function readBenchArguments(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): BenchArguments {
  const { positional, values, flags } = parseArguments(args, { values: { '--only': undefined, '--python': undefined }, flags: ['--json', '--quick', '--full'] });
  if (positional.length > 0) throw new UsageError(`bench takes no ${String(positional[0])}: ${BENCH_USAGE}`);
  if (flags.has('--quick') && flags.has('--full')) throw new UsageError('--quick and --full are two lengths; choose one');
  const plan = flags.has('--quick') ? 'quick' : flags.has('--full') ? 'full' : 'usual';
  const only = values['--only']?.at(-1);
  const names = workloadsOf(plan).map(({ id }) => id);
  if (only !== undefined && !names.some((name) => name.includes(only))) throw new UsageError(`--only ${only}: there are ${names.join(', ')}`);
  const python = values['--python']?.at(-1) ?? (environment['PATCHBAY_BENCH_PYTHON'] || undefined);
  return { json: flags.has('--json'), plan, only, python };
}

/**
 * Measures Patchbay beside tfjs, and beside Keras and PyTorch where a Python has them. Progress goes to standard error, the
 * report to standard output. Exit code: 0, whatever was measured. @throws UsageError
 */
export async function benchCommand(args: readonly string[], distFolder: string): Promise<number> {
  const { json, plan, only, python } = readBenchArguments(args, process.env);
  if (python !== undefined && path.isAbsolute(python) && !fs.existsSync(python)) throw new UsageError(`--python ${python}: there is no such file`);
  const terminal = process.stderr.isTTY;
  const report = await runBench({
    plan,
    version: VERSION,
    node: process.execPath,
    files: { node: path.join(distFolder, 'npm', 'bench-subject.cjs'), python: path.join(distFolder, 'npm', 'bench_subject.py') },
    ...(only === undefined ? {} : { only }),
    ...(python === undefined ? {} : { python }),
    onProgress: (what) => void process.stderr.write(terminal ? `\r\u001b[K${what} …` : `${what}\n`),
  });
  if (terminal) process.stderr.write('\r\u001b[K');
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  return 0;
}
