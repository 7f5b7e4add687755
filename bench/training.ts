/**
 * `npm run bench:training [-- arguments of patchbay bench]`: the plan of `patchbay bench --full` on what the sources make, unless
 * `--quick` asks for less. `--python path` (or PATCHBAY_BENCH_PYTHON) puts Keras and PyTorch beside it; `--json` is for
 * `npm run bench:page`.
 */
import path from 'node:path';
import { benchCommand } from '../kernel/cli/bench-command.js';

const args = process.argv.slice(2);
const plan = args.some((argument) => argument === '--quick' || argument === '--full') ? [] : ['--full'];

benchCommand([...plan, ...args], path.resolve('dist')).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
