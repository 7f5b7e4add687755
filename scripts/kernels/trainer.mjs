// The thread that trains with the sparse kernels -> dist/kernel/trainer.js.
import fs from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../lib/setup.mjs';

export const TRAINER = path.join(root, 'dist', 'kernel', 'trainer.js');

/** Bundles it in a few milliseconds. Resolves to the source files. */
export async function bundleTrainer() {
  await fs.mkdir(path.dirname(TRAINER), { recursive: true });
  // Written whole or not at all: a test may start it at this moment.
  const draft = `${TRAINER}.${process.pid}`;
  const { metafile } = await build({
    absWorkingDir: root, entryPoints: ['kernel/runtime/fused/thread.ts'], outfile: draft, bundle: true, minify: true, keepNames: true, platform: 'node', target: 'node20', format: 'cjs',
    legalComments: 'none', logLevel: 'warning', metafile: true, mainFields: ['module', 'main'],
  });
  await fs.rename(draft, TRAINER);
  return Object.keys(metafile.inputs).map((file) => path.join(root, file));
}
