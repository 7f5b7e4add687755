#!/usr/bin/env node
// `node scripts/bench.mjs NAME [arguments]`: builds what bench/NAME.ts measures, bundles it and runs it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './lib/run.mjs';
import { ensureDependencies, requireNode, root } from './lib/setup.mjs';
import { partFolder } from './tools/cache.mjs';
import { platformHasTools, prepare } from './tools/prepare.mjs';

requireNode();
const [name, ...args] = process.argv.slice(2);
const source = path.join(root, 'bench', `${name}.ts`);
if (name === undefined || !existsSync(source)) {
  console.error(`usage: node scripts/bench.mjs NAME [arguments], where bench/NAME.ts exists; got ${name ?? 'no name'}`);
  process.exit(2);
}
/** Beside the bundles of a kernel, and what is fetched where it runs here; `measures`: false for what only reads reports. */
const NEEDS = {
  training: { bundles: ['npm', 'trainer', 'bench'] },
  'performance-page': { measures: false },
  jupyter: { bundles: ['cli', 'rasterizer'], tools: { node: 'bin/node', deno: 'deno' } },
};

/** The files of the fetched tools, for the bench's environment. */
async function fetchTools(tools) {
  if (!platformHasTools()) return {};
  await prepare(Object.keys(tools));
  return Object.fromEntries(Object.entries(tools).map(([part, file]) => [part, path.join(partFolder(part), file)]));
}

try {
  const { bundles = [], tools = {}, measures = true } = NEEDS[name] ?? {};
  await ensureDependencies();
  if (measures) await run(process.execPath, ['esbuild.mjs', 'kernel', 'language', 'parser', 'typescript', 'runtime', 'sparse-kernels', ...bundles], { cwd: root });
  const { build } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const outfile = path.join(root, 'dist', 'bench', `${name}.cjs`);
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'cjs', external: ['zeromq', '@tensorflow/*'], define: { PATCHBAY_VERSION: JSON.stringify(version) }, logLevel: 'warning' });
  // The same backend on every machine; subjects of `patchbay bench` name their own.
  const env = { ...process.env, PATCHBAY_BACKEND: 'wasm', PATCHBAY_BENCH_TOOLS: JSON.stringify(await fetchTools(tools)) };
  const child = spawn(process.execPath, [outfile, ...args], { cwd: root, env, stdio: 'inherit' });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} catch (error) {
  console.error(`the bench ${name} could not be built: ${error.message}`);
  process.exitCode = 1;
}
