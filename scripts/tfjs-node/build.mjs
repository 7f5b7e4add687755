/*
 * tfjs-node where its install script cannot fetch: the same TensorFlow library is in a Python wheel, and the addon is two C++
 * files. The result is a folder with `node_modules/@tensorflow/tfjs-node` and what that needs, except tfjs: Patchbay
 * gives it its own.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../lib/npm.mjs';
import { root } from '../lib/setup.mjs';
import { run } from '../lib/run.mjs';
import { PACKAGES, TENSORFLOW_WHEEL } from '../tools/packages.mjs';
import { unpack } from '../tools/cache.mjs';
import { fetchTensorFlow, LIBRARIES } from './wheel.mjs';

/** The newest of the versions of Node's C interface that the package names, all of which later Nodes keep. */
const NODE_API = 8;

/** Makes a folder of the package and its dependencies, none of whose install scripts run. Resolves to the package's folder. */
async function installPackage(temporary, folder) {
  const download = path.join(temporary, 'package-download');
  await fs.mkdir(download);
  await fs.mkdir(folder);
  const unpacked = await unpack('tfjs-node', download);
  const manifest = JSON.parse(await fs.readFile(path.join(unpacked, 'package.json'), 'utf8'));
  const { '@tensorflow/tfjs': _ours, ...dependencies } = manifest.dependencies;
  await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'tfjs-node-for-patchbay', private: true, dependencies }, null, 2));
  await npm(['install', '--ignore-scripts', '--omit=dev', '--no-package-lock'], folder);
  const home = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
  await fs.mkdir(path.dirname(home), { recursive: true });
  await fs.rename(unpacked, home);
  return home;
}

async function compileAddon(temporary, { home, libraries, includes }) {
  const download = path.join(temporary, 'headers-download');
  await fs.mkdir(download);
  const nodeApi = path.join(await unpack('node-api-headers', download), 'include');
  const into = path.join(home, 'lib', `napi-v${NODE_API}`);
  await fs.mkdir(into, { recursive: true });
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => path.join(home, 'binding', name));
  await run('g++', [
    '-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`,
    ...[nodeApi, includes, home].map((folder) => `-I${folder}`),
    ...sources,
    `-L${libraries}`, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/../../deps/lib',
    '-o', path.join(into, 'tfjs_binding.node'),
  ]);
}

/** Trains nothing, but sums: on the real runtime, which looks for tfjs-node in the folder it is started in. */
const PROOF = `
const { tf, ready, backendSentence } = require(process.argv[1]);
ready.then(() => {
  const [sum, largest] = tf.tidy(() => [tf.sum([1, 2, 3]).dataSync()[0], tf.topk([3, 1, 5], 1).values.dataSync()[0]]);
  if (tf.getBackend() !== 'tensorflow') throw new Error(backendSentence());
  if (sum !== 6 || largest !== 5) throw new Error(backendSentence() + ', but 1 + 2 + 3 = ' + sum + ', the largest of 3, 1, 5 is ' + largest);
  console.log(backendSentence());
}).catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

/** Resolves to what Patchbay says about its backend when it finds tfjs-node in the folder. */
export async function prove(folder) {
  const runtime = path.join(root, 'dist', 'npm', 'patchbay.cjs');
  return (await run(process.execPath, ['-e', PROOF, runtime], { cwd: folder, env: { ...process.env, PATCHBAY_BACKEND: 'tensorflow' } })).trim();
}

/** Builds in a temporary folder, `say`ing each step. Resolves to the folder that is to be kept; it has been seen to compute. */
export async function buildTfjsNode(temporary, say) {
  const folder = path.join(temporary, 'tfjs-node');
  say(`@tensorflow/tfjs-node ${PACKAGES['tfjs-node'].version} from the npm registry`);
  const home = await installPackage(temporary, folder);
  const places = { home, libraries: path.join(home, 'deps', 'lib'), includes: path.join(temporary, 'include') };
  say(`TensorFlow ${TENSORFLOW_WHEEL.version} from the Python package index (232 MB)`);
  await fetchTensorFlow(temporary, places);
  say('the addon, with g++');
  await compileAddon(temporary, places);
  await prove(folder);
  return folder;
}
