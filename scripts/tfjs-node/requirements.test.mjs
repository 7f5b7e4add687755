import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { preparedFolder } from '../../kernel/runtime/tf/native-folders.ts';
import { partFolder } from '../tools/cache.mjs';
import { platformProblem, requireTools } from './requirements.mjs';

const LINUX = { platform: 'linux', arch: 'x64', glibc: '2.36' };

it.each([
  { ...LINUX, glibc: '2.17', problem: undefined },
  { ...LINUX, glibc: '3.0', problem: undefined },
  { ...LINUX, glibc: '2.9', problem: /glibc 2\.17 or newer, this is 2\.9/ },
  { ...LINUX, glibc: undefined, problem: /GNU C library/ },
  { ...LINUX, arch: 'arm64', problem: /Linux on x64, this is linux on arm64: try `npm install @tensorflow\/tfjs-node`/ },
  { ...LINUX, platform: 'darwin', problem: /this is darwin on x64/ },
  { ...LINUX, platform: 'win32', problem: /this is win32 on x64/ },
])('$platform $arch glibc $glibc: $problem', ({ problem, ...machine }) => {
  if (problem === undefined) expect(platformProblem(machine)).toBeUndefined();
  else expect(platformProblem(machine)).toMatch(problem);
});

it('names everything that is missing, and its packages, at once', async () => {
  const message = await requireTools(LINUX, { PATH: '' }).catch((error) => error.message);
  for (const part of ['g++', 'gcc-c++', 'python3', 'python3-pip', 'binutils', 'tar']) expect(message).toContain(part);
  expect(message.split('\n')).toHaveLength(6);
});

it('a Python without pip lacks pip alone', async () => {
  const message = await requireTools(LINUX, { PATH: fakes }).catch((error) => error.message);
  expect(message).toBe("this machine lacks what the addon is made with:\n  Python's pip (python3 -m pip): install the package python3-pip");
});

it('the kernel looks where the set-up puts it', () => expect(preparedFolder()).toBe(partFolder('tfjs-node')));

let fakes = '';
beforeAll(async () => {
  fakes = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-programs-'));
  for (const name of ['g++', 'python3', 'strip', 'tar']) await fs.writeFile(path.join(fakes, name), '#!/bin/sh\n[ "$1" != -m ]\n', { mode: 0o755 });
});
afterAll(() => fs.rm(fakes, { recursive: true }));
