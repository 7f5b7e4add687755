import type { ControlData } from '../protocol/threads.js';

const PIPE_FILE_DESCRIPTOR = 3;

/** `--connection-file F` of the command line, as a Jupyter kernelspec gives it; else the pipe that VS Code and `patchbay run` open. */
export function clientOf(argv: readonly string[]): ControlData['client'] {
  const connectionFile = argv[argv.indexOf('--connection-file') + 1];
  return argv.includes('--connection-file') && connectionFile !== undefined ? { connectionFile } : { pipe: PIPE_FILE_DESCRIPTOR };
}
