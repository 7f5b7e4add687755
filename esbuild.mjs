#!/usr/bin/env node
// Builds every bundle. `node esbuild.mjs [target …]` builds those only, `--watch` keeps building.
import { build, context } from 'esbuild';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernels } from './scripts/kernels/compile.mjs';
import { bundleTrainer } from './scripts/kernels/trainer.mjs';
import { writeNotices } from './scripts/package/notices.mjs';
import { packTypes } from './scripts/types/pack.mjs';
import { parserOnly } from './scripts/typescript/parser.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = (name) => path.join(root, 'dist', name);
const module = (name) => path.join(root, 'node_modules', name);

const readVersion = async (file) => JSON.parse(await fs.readFile(file, 'utf8')).version;
const version = await readVersion(path.join(root, 'package.json'));
const typescriptVersion = await readVersion(module('typescript/package.json'));

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  keepNames: true,
  sourcemap: false,
  legalComments: 'none',
  define: { PATCHBAY_VERSION: JSON.stringify(version), TYPESCRIPT_VERSION: JSON.stringify(typescriptVersion) },
  logLevel: 'warning',
  metafile: true,
  // Some tfjs packages name an ES5 build as "main"; two builds of one package would be two registries.
  mainFields: ['module', 'main'],
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs' };
/** A module is UTF-8 wherever it is loaded: arrows and dots in texts need no escapes. */
const browser = { ...common, platform: 'browser', target: 'es2022', format: 'esm', keepNames: false, charset: 'utf8' };

/** HDF5 is large and seldom needed: a bundle of its own, which the runtime imports when a model of Keras is read or written. */
const hdf5At = (file) => ({ name: 'hdf5', setup: ({ onResolve }) => onResolve({ filter: /^h5wasm$/ }, () => ({ path: file, external: true })) });

/** The subject of the bench imports the module that users import. */
const packageModule = { name: 'package-module', setup: ({ onResolve }) => onResolve({ filter: /\/runtime\/index\.js$/ }, () => ({ path: './patchbay.cjs', external: true })) };
/** What a matrix needs later is a bundle beside its renderers'. The panel, whose page allows one script only, has it inside. */
const matrixLater = { name: 'matrix-later', setup: ({ onResolve }) => onResolve({ filter: /^\.\/later\.js$/ }, () => ({ path: './matrix-later.js', external: true })) };

/** ZeroMQ's own search for its native part takes longer than all the rest of it. */
const zeromqAddon = { name: 'zeromq-addon', setup: ({ onResolve }) => onResolve({ filter: /^cmake-ts\/build\/loader$/ }, () => ({ path: path.join(root, 'kernel/control/transports/zeromq-addon.ts') })) };

/** One row a bundle: its name on the command line, its esbuild options (or what makes it instead), and the files copied beside it. */
const TARGETS = [
  {
    name: 'extension',
    options: { ...node, entryPoints: { extension: 'extension/main.ts', 'mask-file-worker': 'extension/mask-view/read-worker.ts', 'model-file-worker': 'extension/mask-view/model-worker.ts', 'mask-editor-worker': 'extension/mask-editor/files/worker.ts' }, outdir: dist(''), external: ['vscode'] },
  },
  {
    // VS Code's TypeScript server looks for plugins in the extension's node_modules and nowhere else.
    name: 'typescript-plugin',
    options: { ...node, entryPoints: ['extension/typescript-plugin/index.ts'], outfile: module('patchbay-typescript-plugin/index.js'), footer: { js: 'module.exports = module.exports.default;' } },
  },
  {
    name: 'kernel',
    options: {
      ...node,
      // Both threads are started by a few lines that load the rest with V8's cached data.
      entryPoints: { main: 'kernel/start/main.ts', control: 'kernel/start/control.ts', 'main-thread': 'kernel/main/process.ts', 'control-thread': 'kernel/control/thread.ts' },
      outdir: dist('kernel'),
      plugins: [zeromqAddon],
      // An `import()` of cached data fails on Node 20: it becomes a `require`.
      supported: { 'dynamic-import': false },
      // The compiler is a bundle of its own, loaded with V8's cached data; the runtime is loaded when a cell imports it.
      external: ['typescript', './runtime.js'],
    },
  },
  {
    name: 'rasterizer',
    options: { ...node, entryPoints: ['kernel/control/rasterizer.ts'], outfile: dist('kernel/rasterizer.js') },
    copy: [
      [module('@resvg/resvg-wasm/index_bg.wasm'), dist('kernel/resvg.wasm')],
      [module('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'), dist('kernel/DejaVuSans.ttf')],
    ],
  },
  { name: 'language', options: { ...node, entryPoints: ['kernel/control/language/thread/main.ts'], outfile: dist('kernel/language.js'), external: ['typescript'] }, after: () => packTypes(root, dist('kernel/types.pack')) },
  {
    // What every kernel loads; the whole is for the language service and for what types alone cannot be erased from.
    name: 'parser',
    options: { ...node, entryPoints: ['kernel/compile/parser.ts'], outfile: dist('kernel/parser.js'), keepNames: false, plugins: [parserOnly(module('typescript/lib/typescript.js'), path.join(root, 'kernel/compile/parser.ts'))] },
  },
  { name: 'typescript', options: { ...node, entryPoints: [module('typescript/lib/typescript.js')], outfile: dist('kernel/typescript.js'), keepNames: false } },
  {
    name: 'runtime',
    options: { ...node, entryPoints: ['kernel/runtime/index.ts'], outfile: dist('kernel/runtime.js'), external: ['@tensorflow/tfjs-node'], plugins: [hdf5At('./h5wasm.js')] },
    copy: ['', '-simd', '-threaded-simd'].map((kind) => [
      module(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`),
      dist(`kernel/tfjs-backend-wasm${kind}.wasm`),
    ]),
  },
  { name: 'sparse-kernels', make: compileKernels },
  // The thread that trains: a few files without tfjs.
  { name: 'trainer', make: () => bundleTrainer() },
  // Its WebAssembly is a string of bytes in the script, which escapes would make half as long again.
  { name: 'hdf5', options: { ...node, entryPoints: ['h5wasm'], outfile: dist('kernel/h5wasm.js'), keepNames: false, charset: 'utf8' } },
  {
    name: 'npm',
    // tfjs stays outside, so that a program's own `import '@tensorflow/tfjs'` is the same instance; its wasm files lie in its package.
    // Not minified: Node prints the line of an uncaught error.
    options: { ...node, minify: false, entryPoints: ['kernel/runtime/index.ts'], outfile: dist('npm/patchbay.cjs'), external: ['@tensorflow/*'], plugins: [hdf5At('../kernel/h5wasm.js')] },
    after: writeEsmEntry,
  },
  {
    // What `patchbay bench` measures: the package's own module beside it, and the kernels by themselves.
    name: 'bench',
    options: { ...node, minify: false, entryPoints: ['kernel/bench/subject/main.ts'], outfile: dist('npm/bench-subject.cjs'), external: ['@tensorflow/*'], plugins: [packageModule] },
    copy: [[path.join(root, 'kernel/bench/python/subject.py'), dist('npm/bench_subject.py')]],
  },
  {
    name: 'cli',
    options: { ...node, entryPoints: ['kernel/cli/main.ts'], outfile: dist('cli.js'), banner: { js: '#!/usr/bin/env node' } },
    // What Jupyter shows beside the kernel's name.
    copy: [
      [path.join(root, 'media/logo-32x32.png'), dist('kernelspec/logo-32x32.png')],
      [path.join(root, 'media/logo-64x64.png'), dist('kernelspec/logo-64x64.png')],
      [path.join(root, 'media/icon.svg'), dist('kernelspec/logo-svg.svg')],
    ],
  },
  {
    name: 'matrix-renderers',
    options: {
      ...browser,
      entryPoints: { mask: 'extension/renderers/mask.ts', kernel: 'extension/renderers/kernel.ts', 'matrix-later': 'extension/renderers/matrix/later.ts' },
      outdir: dist('renderers'),
      plugins: [matrixLater],
    },
  },
  {
    name: 'renderers',
    options: {
      ...browser,
      entryPoints: { loss: 'extension/renderers/loss.ts', network: 'extension/renderers/network.ts', degrees: 'extension/renderers/degrees.ts', boundary: 'extension/renderers/boundary.ts', panel: 'extension/renderers/panel.ts', 'mask-editor': 'extension/mask-editor/webview/main.ts' },
      outdir: dist('renderers'),
    },
  },
];

/**
 * The ESM entry of the npm package: the names of the CommonJS bundle, once its backend is ready. One instance of the classes,
 * whichever way a program and its libraries import them.
 */
async function writeEsmEntry(options) {
  const { metafile } = await build({ ...options, format: 'esm', write: false, metafile: true });
  const names = Object.values(metafile.outputs)[0].exports;
  const text = `import patchbay from './patchbay.cjs';\nawait patchbay.ready;\nexport const { ${names.join(', ')} } = patchbay;\n`;
  await fs.writeFile(options.outfile.replace(/\.cjs$/, '.mjs'), text);
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const watch = process.argv.includes('--watch');
const unknown = names.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length) {
  console.error(`esbuild.mjs: no target ${unknown.join(', ')}; there are ${TARGETS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = names.length ? TARGETS.filter(({ name }) => names.includes(name)) : TARGETS;

/** Resolves to the files that went into the target. */
async function buildTarget({ options, make, copy = [], after }) {
  if (make) return make();
  const inputs = watch ? [] : Object.keys((await build(options)).metafile.inputs);
  if (watch) await (await context(options)).watch();
  for (const [from, to] of copy) {
    await fs.mkdir(path.dirname(to), { recursive: true });
    await fs.copyFile(from, to);
  }
  const packed = (await after?.(options)) ?? [];
  return [...inputs.map((file) => path.resolve(root, file.replace(/^[\w-]+:/, ''))), ...copy.map(([from]) => from), ...packed];
}

const results = await Promise.allSettled(chosen.map(buildTarget));
const failed = results.filter(({ status }) => status === 'rejected');
for (const { reason } of failed) console.error(`build failed: ${reason.message}`);
if (failed.length) process.exit(1);
if (!names.length && !watch) await writeNotices(results.flatMap(({ value }) => value), dist('ThirdPartyNotices.txt'));
