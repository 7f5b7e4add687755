import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';

const niceOf = (thread: string): number => {
  const stat = fs.readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
};

describe.skipIf(process.platform !== 'linux')('a thread that gives way', () => {
  it('has another priority than the process, alone', async () => {
    const { code } = transformSync(fs.readFileSync(path.join(import.meta.dirname, 'give-way.ts'), 'utf8'), { loader: 'ts', format: 'cjs' });
    const report = "require('node:worker_threads').parentPort.postMessage(require('node:path').basename(require('node:fs').readlinkSync('/proc/thread-self')));";
    const worker = new Worker(`${code}\ngiveWay();\n${report}\nsetInterval(() => {}, 1000);`, { eval: true });
    try {
      const thread = await new Promise<string>((resolve, reject) => worker.once('message', resolve).once('error', reject));
      const usual = os.getPriority();
      expect(usual).toBeLessThan(19);
      expect(niceOf(thread)).toBe(Math.min(19, usual + 5));
      const others = fs.readdirSync('/proc/self/task').filter((one) => one !== thread).map(niceOf);
      expect(new Set(others)).toEqual(new Set([usual]));
    } finally {
      await worker.terminate();
    }
  });
});
