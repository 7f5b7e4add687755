import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArguments, UsageError } from './arguments.js';

export const VISUALIZE_USAGE = 'patchbay visualize file.(mtx|npy|npz|csv|json|keras|h5) [-o out.png]';

/** Cause: the file cannot be read as a mask or a model, or the picture cannot be written. Handled by: the message and exit code 2. */
export class VisualizeError extends Error {
  override readonly name = 'VisualizeError';
}

/** What this command uses of the runtime, a bundle that only a command that needs tfjs loads. */
interface Runtime {
  readonly ready: Promise<unknown>;
  visualizeFile(file: string, out: string): Promise<readonly string[]>;
}

const READABLE = /\.(mtx|npy|npz|csv|json|keras|h5|hdf5)$/i;

/** Writes the picture, and what it shows as sentences to stdout. Exit code 0. @throws UsageError, VisualizeError */
export async function visualizeCommand(args: readonly string[], runtimeFile: string): Promise<number> {
  const { positional, values } = parseArguments(args, { values: { '--out': '-o' }, flags: [] });
  const [input, ...more] = positional;
  if (input === undefined || more.length > 0) throw new UsageError(`visualize takes one file: ${VISUALIZE_USAGE}`);
  const out = values['--out']?.at(-1) ?? `${path.basename(input, path.extname(input))}.png`;
  if (!/\.(png|svg)$/i.test(out)) throw new UsageError(`-o ${out}: a picture is a .png or .svg file`);
  if (!fs.existsSync(path.dirname(path.resolve(out)))) throw new UsageError(`-o ${out}: there is no folder ${path.dirname(path.resolve(out))}`);
  const stat = fs.statSync(input, { throwIfNoEntry: false });
  if (!stat) throw new VisualizeError(`${input}: there is no such file`);
  if (!READABLE.test(input) && !stat.isDirectory()) throw new UsageError(`${input} is no mask or model file: there are .mtx, .npy, .npz, .csv and .json for masks, .keras, .h5 and what models.save wrote for models`);
  const sentences = await draw(input, out, runtimeFile);
  process.stdout.write(`${sentences.join('\n')}\n`);
  process.stderr.write(`Picture: ${out}\n`);
  return 0;
}

async function draw(input: string, out: string, runtimeFile: string): Promise<readonly string[]> {
  // Few numbers are computed here; the others take longer to start.
  process.env['PATCHBAY_BACKEND'] ??= 'cpu';
  // SAFETY: the runtime bundle of this very package.
  const runtime = createRequire(runtimeFile)(runtimeFile) as Runtime;
  await runtime.ready;
  try {
    return await runtime.visualizeFile(path.resolve(input), path.resolve(out));
  } catch (error) {
    throw new VisualizeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
