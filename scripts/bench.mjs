#!/usr/bin/env node
// `node scripts/bench.mjs NAME [arguments]`: builds what bench/NAME.ts measures, bundles it and runs it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './lib/run.mjs';
import { ensureDependencies, requireNode, root } from './lib/setup.mjs';

requireNode();
const [name, ...args] = process.argv.slice(2);
const source = path.join(root, 'bench', `${name}.ts`);
if (name === undefined || !existsSync(source)) {
  console.error(`usage: node scripts/bench.mjs NAME [arguments], where bench/NAME.ts exists; got ${name ?? 'no name'}`);
  process.exit(2);
}
try {
  await ensureDependencies();
  await run(process.execPath, ['esbuild.mjs', 'kernel', 'typescript', 'runtime', 'sparse-kernels'], { cwd: root });
  const { build } = await import('esbuild');
  const outfile = path.join(root, 'dist', 'bench', `${name}.cjs`);
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'cjs', external: ['zeromq', '@tensorflow/*'], logLevel: 'warning' });
  const child = spawn(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error(`the bench ${name} could not be built: ${error.message}`);
  process.exitCode = 1;
}
