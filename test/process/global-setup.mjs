// The Nodes that the kernel must run on: the one that runs the tests, and Node 24 where the project brings it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/setup.mjs';
import { platformHasTools, prepare } from '../../scripts/tools/prepare.mjs';
import { serverCommand } from '../../scripts/tools/server.mjs';

export default async function setup(project) {
  if (!existsSync(path.join(root, 'dist', 'kernel', 'main.js'))) throw new Error('dist/kernel/main.js is missing: run `npm run build` first');
  const nodes = [{ label: `Node ${process.versions.node.split('.')[0]}`, path: process.execPath }];
  if (platformHasTools()) {
    await prepare(['node']);
    nodes.push({ label: 'Node 24 of the tools', path: serverCommand().node });
  }
  project.provide('kernelNodes', nodes);
}
