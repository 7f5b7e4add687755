/**
 * What an installed kernel consists of. Everything is copied into the kernelspec's own folder, so that it goes on when the
 * cache of npx is emptied or the Node of a version manager is removed, and goes with the folder when the kernel is removed.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { InstallError } from './errors.js';

const LOGOS = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];

/** @param distFolder holds kernel/ and kernelspec/ @throws InstallError when zeromq is not there, which npm may have left out */
export function copyKernel(distFolder: string, target: string): void {
  for (const logo of LOGOS) fs.copyFileSync(path.join(distFolder, 'kernelspec', logo), path.join(target, logo));
  fs.cpSync(path.join(distFolder, 'kernel'), path.join(target, 'kernel'), { recursive: true });
  copyZeroMq(distFolder, path.join(target, 'kernel', 'node_modules'));
  // For V8's cached data, see kernel/start: beside the kernel it is there for every user, and nothing sweeps it.
  fs.mkdirSync(path.join(target, 'kernel', 'cache'));
}

function copyZeroMq(distFolder: string, modules: string): void {
  const zeromq = packageFolder(createRequire(path.join(distFolder, 'cli.js')), 'zeromq', 'zeromq');
  const loader = packageFolder(createRequire(path.join(zeromq, 'package.json')), 'cmake-ts/build/loader', 'cmake-ts');
  const isNeeded = (file: string): boolean => !/\.(map|ts|tsbuildinfo)$/.test(file);
  const copy = (from: string, packageName: string, ...parts: readonly string[]): void => {
    for (const part of parts)
      if (fs.existsSync(path.join(from, part))) fs.cpSync(path.join(from, part), path.join(modules, packageName, part), { recursive: true, dereference: true, filter: isNeeded });
  };
  copy(zeromq, 'zeromq', 'package.json', 'LICENSE.txt', 'LICENSE_MPL-2.0.txt', 'lib', 'build/manifest.json', `build/${process.platform}/${process.arch}`);
  copy(loader, 'cmake-ts', 'package.json', 'LICENSE', 'LICENSE.md', 'build/loader.js');
}

/** The folder of a package, found by a module of it. */
function packageFolder(require: NodeJS.Require, module: string, name: string): string {
  let file: string;
  try {
    file = require.resolve(module);
  } catch {
    throw new InstallError(
      `The package ${name} is missing, over which a kernel speaks to Jupyter: npm leaves it out when its install fails or optional packages are not wanted.\n` +
        'Run `npm install -g patchbay --include=optional` and then `patchbay install`.',
    );
  }
  const end = file.lastIndexOf(`${path.sep}${name}${path.sep}`) + name.length + 1;
  return file.slice(0, end);
}
