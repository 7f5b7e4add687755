// The sparse kernels: AssemblyScript -> dist/kernel/sparse-kernels.wasm.
import fs from 'node:fs/promises';
import path from 'node:path';
import { root } from '../lib/setup.mjs';

const SOURCES = path.join(root, 'kernel', 'runtime', 'simd');
export const KERNELS = path.join(root, 'dist', 'kernel', 'sparse-kernels.wasm');

/** One build serves one thread and many: on memory that is shared, plain loads and stores cost the same. */
const OPTIONS = [
  '-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '16', '--maximumMemory', '65536',
  '--enable', 'simd,threads,bulk-memory',
];

/** The files that the kernels are made of. */
async function sources() {
  const names = await fs.readdir(path.join(SOURCES, 'assembly'));
  return ['jobs.ts', ...names.filter((name) => name.endsWith('.ts')).map((name) => path.join('assembly', name))].map((name) => path.join(SOURCES, name));
}

const changed = async (file) => (await fs.stat(file).catch(() => undefined))?.mtimeMs ?? -Infinity;

/** Compiles the kernels, unless they are newer than all of their sources. Resolves to the source files. */
export async function compileKernels() {
  const files = await sources();
  const inputs = [...files, path.join(root, 'scripts', 'kernels', 'compile.mjs')];
  const newest = Math.max(...(await Promise.all(inputs.map(changed))));
  if ((await changed(KERNELS)) > newest) return files;
  const { default: asc } = await import('assemblyscript/asc');
  await fs.mkdir(path.dirname(KERNELS), { recursive: true });
  // Written whole or not at all: a test may read it at this moment.
  const draft = `${KERNELS}.${process.pid}`;
  const { error, stdout, stderr } = await asc.main(['assembly/index.ts', '--outFile', path.relative(SOURCES, draft), '--baseDir', SOURCES, '--disableWarning', '112', ...OPTIONS]);
  if (error) throw new Error(`the sparse kernels do not compile: ${error.message}\n${stderr.toString()}${stdout.toString()}`);
  await fs.rename(draft, KERNELS);
  return files;
}
