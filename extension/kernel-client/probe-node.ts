import { execFile } from 'node:child_process';
import type { NodeCandidate, NodeProbe } from './choose-node.js';

const TIMEOUT_MS = 5_000;

/** Asks an executable for its version of Node. Never rejects. */
export function probeNode({ path, env }: NodeCandidate): Promise<NodeProbe> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, NODE_OPTIONS: '', ...env }, timeout: TIMEOUT_MS, windowsHide: true };
    execFile(path, ['-p', 'process.versions.node'], options, (error, stdout) => {
      if (error === null) return resolve({ version: stdout.trim() });
      if (error.code === 'ENOENT') return resolve({ problem: 'it was not found' });
      if (error.code === 'EACCES' || error.code === 'ENOEXEC') return resolve({ problem: 'it is no program that may be run' });
      if (error.killed === true) return resolve({ problem: `it did not answer within ${TIMEOUT_MS / 1000} s` });
      return resolve({ problem: `it failed (${error.message.split('\n')[0] ?? ''})` });
    });
  });
}
