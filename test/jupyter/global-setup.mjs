// Installs the kernel as a user does, into a prefix of its own, and names the Nodes that it must run on.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/lib/setup.mjs';
import { platformHasTools, prepare } from '../../scripts/tools/prepare.mjs';
import { serverCommand } from '../../scripts/tools/server.mjs';

export default async function setup(project) {
  if (!existsSync(path.join(root, 'dist', 'cli.js'))) throw new Error('dist/cli.js is missing: run `npm run build` first');
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay jupyter '));
  const nodes = [{ label: `Node ${process.versions.node.split('.')[0]}`, path: process.execPath }];
  if (platformHasTools()) {
    await prepare(['node']);
    nodes.push({ label: 'Node 24 of the tools', path: serverCommand().node });
  }
  const kernels = nodes.map((node, index) => {
    const prefix = path.join(folder, `prefix ${index}`);
    execFileSync(process.execPath, [path.join(root, 'dist', 'cli.js'), 'install', '--prefix', prefix, '--node', node.path]);
    return { label: node.label, jupyterPath: path.join(prefix, 'share', 'jupyter') };
  });
  project.provide('jupyterKernels', kernels);
  return () => fs.rm(folder, { recursive: true, force: true });
}
