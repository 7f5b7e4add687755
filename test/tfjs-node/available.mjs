// Whether the native backend is here: set up by this project, or installed with its dependencies.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/setup.mjs';
import { partFolder } from '../../scripts/tools/cache.mjs';

/** Whether the package has its native half; without, its install script was not run or has failed. */
function hasAddon(home) {
  const folder = path.join(home, 'lib');
  return existsSync(folder) && readdirSync(folder).some((name) => existsSync(path.join(folder, name, 'tfjs_binding.node')));
}

/** The folder of the package `@tensorflow/tfjs-node`, or undefined. */
export function tfjsNodeHome() {
  return [root, partFolder('tfjs-node')].map((folder) => path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node')).find(hasAddon);
}

export const WITHOUT_TFJS_NODE = 'tfjs-node is not here (npm run setup:tfjs-node)';
