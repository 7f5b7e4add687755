// Packs and installs the npm package once, as a user would, and names the Nodes that it must run on.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { npm } from '../../scripts/lib/npm.mjs';
import { root } from '../../scripts/lib/setup.mjs';
import { platformHasTools, prepare } from '../../scripts/tools/prepare.mjs';
import { serverCommand } from '../../scripts/tools/server.mjs';

export default async function setup(project) {
  const nodes = [process.execPath];
  if (platformHasTools()) {
    await prepare(['node']);
    nodes.push(serverCommand().node);
  }
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-package-'));
  await npm(['pack', '--pack-destination', folder], root);
  const tarball = (await fs.readdir(folder)).find((name) => name.endsWith('.tgz'));
  const installed = path.join(folder, 'installed');
  await fs.mkdir(installed);
  await fs.writeFile(path.join(installed, 'package.json'), JSON.stringify({ name: 'user', private: true }));
  await npm(['install', path.join(folder, tarball)], installed);
  project.provide('npmPackage', { root, tarball: path.join(folder, tarball), installed, nodes });
  return () => fs.rm(folder, { recursive: true, force: true });
}
