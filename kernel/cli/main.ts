/** The command `patchbay`. Exit codes: 0 ok, 1 a cell failed, 2 the command line or a file makes no sense. */
import path from 'node:path';
import { VERSION } from '../protocol/version.js';
import { KernelDiedError, KernelStartError } from '../client/errors.js';
import { UsageError } from './arguments.js';
import { BENCH_USAGE, benchCommand } from './bench-command.js';
import { INSTALL_USAGE, installCommand } from './install-command.js';
import { InstallError } from './install/errors.js';
import { KERNEL_USAGE, kernelCommand } from './kernel-command.js';
import { NotebookFileError } from './notebook-file.js';
import { RUN_USAGE, runCommand } from './run-command.js';
import { VISUALIZE_USAGE, visualizeCommand, VisualizeError } from './visualize-command.js';

const USAGE = `Usage:
  ${RUN_USAGE}
  ${VISUALIZE_USAGE}
  ${INSTALL_USAGE}
  ${KERNEL_USAGE}
  ${BENCH_USAGE}
  patchbay --version
  patchbay --help
`;

/** Their messages say all; a trace would only hide it. */
const EXPECTED = [NotebookFileError, InstallError, KernelStartError, KernelDiedError, VisualizeError];

const KERNEL_FILE = path.join(__dirname, 'kernel', 'main.js');
const RUNTIME_FILE = path.join(__dirname, 'kernel', 'runtime.js');

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  run: (args) => runCommand(args, KERNEL_FILE),
  visualize: (args) => visualizeCommand(args, RUNTIME_FILE),
  install: (args) => installCommand(args, __dirname),
  kernel: (args) => kernelCommand(args, KERNEL_FILE),
  bench: (args) => benchCommand(args, __dirname),
};

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--version' || command === '-v') {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (command === '--help' || command === '-h' || command === undefined) {
    process.stdout.write(USAGE);
    return command === undefined ? 2 : 0;
  }
  const run = COMMANDS[command];
  if (run === undefined) throw new UsageError(`there is no command ${command}`);
  return run(rest);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof UsageError) process.stderr.write(`patchbay: ${error.message}\n\n${USAGE}`);
    else if (error instanceof Error && EXPECTED.some((expected) => error instanceof expected)) process.stderr.write(`patchbay: ${error.message}\n`);
    else process.stderr.write(`patchbay: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = error instanceof KernelDiedError ? 1 : 2;
  },
);
