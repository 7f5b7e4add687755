import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { descendants, parsePs, youngDescendants } from './child-processes.js';

it('finds children and their children, and leaves those alone that are older', () => {
  const all = [
    { pid: 10, parent: 1, age: 100 },
    { pid: 11, parent: 10, age: 2 },
    { pid: 12, parent: 11, age: 1 },
    { pid: 13, parent: 10, age: 50 },
    { pid: 14, parent: 13, age: 1 },
    { pid: 15, parent: 2, age: 1 },
  ];
  expect(descendants(all, 10, 5)).toEqual([11, 12]);
});

it('reads what ps prints', () => {
  expect(parsePs('    1     0 12-03:04:05\n  321    1    01:05\n 9  1  02:00:01\n\nnot a line\n')).toEqual([
    { pid: 1, parent: 0, age: 12 * 86_400 + 3 * 3600 + 4 * 60 + 5 },
    { pid: 321, parent: 1, age: 65 },
    { pid: 9, parent: 1, age: 7201 },
  ]);
});

it.skipIf(process.platform === 'win32')('finds a real child of this process', async () => {
  const child = spawn('sleep', ['30']);
  try {
    expect(await youngDescendants(process.pid, 60)).toContain(child.pid);
    expect(await youngDescendants(process.pid, -1)).not.toContain(child.pid);
  } finally {
    child.kill('SIGKILL');
  }
});
