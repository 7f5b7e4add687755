/** What is measured: our kernel as `patchbay install` writes it, once for each Node, beside Deno's and tslab's. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Command } from './kernel.js';

export interface Subject extends Command {
  readonly name: string;
  readonly isOurs: boolean;
  /** How its kernelspec wants to be interrupted. */
  readonly interrupt: 'message' | 'signal';
}

/** What scripts/bench.mjs has fetched, by part. */
export interface Tools {
  readonly node?: string;
  readonly deno?: string;
}

export function subjects(root: string, folder: string, tools: Tools): Subject[] {
  const ours = [process.execPath, ...(tools.node === undefined ? [] : [tools.node])].map((node) => installed(root, folder, node));
  const deno: Subject[] = tools.deno === undefined ? [] : [{ name: `Deno ${/deno (\S+)/.exec(execFileSync(tools.deno, ['--version'], { encoding: 'utf8' }))?.[1] ?? ''}`, isOurs: false, interrupt: 'message', argv: [tools.deno, 'jupyter', '--kernel', '--conn', '{connection_file}'], env: { DENO_NO_UPDATE_CHECK: '1' } }];
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', 'tslab', 'package.json'), 'utf8')) as { version: string };
  const tslab: Subject = { name: `tslab ${version}`, isOurs: false, interrupt: 'signal', argv: [process.execPath, path.join(root, 'node_modules', 'tslab', 'bin', 'tslab'), 'kernel', '--config-path', '{connection_file}'], env: {} };
  return [...ours, ...deno, tslab];
}

function installed(root: string, folder: string, node: string): Subject {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace('v', '');
  const prefix = path.join(folder, `node-${version}`);
  execFileSync(process.execPath, [path.join(root, 'dist', 'cli.js'), 'install', '--prefix', prefix, '--node', node]);
  // SAFETY: the kernelspec that the line above has installed.
  const { argv, env } = JSON.parse(fs.readFileSync(path.join(prefix, 'share', 'jupyter', 'kernels', 'patchbay', 'kernel.json'), 'utf8')) as Command;
  return { name: `Patchbay, Node ${version.split('.')[0] ?? ''}`, isOurs: true, interrupt: 'message', argv, env };
}
