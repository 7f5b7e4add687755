#!/usr/bin/env node
// `npm run setup:tfjs-node`: TensorFlow's native library for every notebook of this user, without a prebuilt download.
import fs from 'node:fs/promises';
import { run } from './lib/run.mjs';
import { ensureDependencies, requireNode, root, seconds } from './lib/setup.mjs';
import { preparePart } from './tools/cache.mjs';
import { buildTfjsNode, prove } from './tfjs-node/build.mjs';
import { requireTools } from './tfjs-node/requirements.mjs';

const say = (step) => console.log(`${step}…`);

const prepare = () =>
  preparePart('tfjs-node', async (temporary) => {
    await requireTools();
    return buildTfjsNode(temporary, say);
  });

/** What was prepared once may have been damaged since. */
async function stillWorks(folder) {
  return prove(folder).then(
    () => true,
    (error) => {
      say(`${folder} does not work any more (${error.message.split('\n').at(-1)}): it is made anew`);
      return false;
    },
  );
}

requireNode();
try {
  const unknown = process.argv.slice(2);
  if (unknown.length) throw new Error(`unknown argument ${unknown.join(' ')}; it takes none`);
  await ensureDependencies();
  // What proves it.
  await run(process.execPath, ['esbuild.mjs', 'npm'], { cwd: root });
  let part = await prepare();
  if (!part.fresh && !(await stillWorks(part.folder))) {
    await fs.rm(part.folder, { recursive: true });
    part = await prepare();
  }
  console.log(`${part.fresh ? `ready in ${seconds(part.ms)}` : 'it was ready'}: ${part.folder} (delete this folder to be rid of it)`);
  console.log(await prove(part.folder));
} catch (error) {
  console.error(`\ntfjs-node could not be set up: ${error.message}\nNotebooks work without it, in WebAssembly.`);
  process.exitCode = 1;
}
