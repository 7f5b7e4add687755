import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addonFiles, type Machine } from './zeromq-addon.js';

const zeromq = path.resolve('node_modules/zeromq');
const machine = (more: Partial<Machine>): Machine => ({ platform: 'linux', arch: 'x64', isMusl: false, ...more });
const builds = (more: Partial<Machine>): string[] => addonFiles(zeromq, machine(more)).map((file) => path.basename(path.dirname(file)));

describe('the builds of zeromq', () => {
  it.each([
    [{}, ['glibc-127-Release', 'glibc-115-Release', 'glibc-72-Release']],
    [{ isMusl: true }, ['musl-127-Release']],
    [{ platform: 'darwin', arch: 'arm64' }, ['libc-115-Release']],
    [{ platform: 'win32' }, ['msvc-115-Release', 'msvc-72-Release']],
    [{ platform: 'aix' }, []],
  ])('for %j', (more, expected) => {
    expect(builds(more).filter((name) => expected.includes(name))).toEqual(expected);
    expect(builds(more).length).toBeGreaterThanOrEqual(expected.length);
  });

  it('are none where the package has none', () => {
    expect(addonFiles(os.tmpdir(), machine({}))).toEqual([]);
  });

  it('have one that loads here', () => {
    const load = createRequire(import.meta.url);
    const versions = addonFiles(zeromq, machine({ platform: process.platform, arch: process.arch, isMusl: fs.existsSync('/etc/alpine-release') })).flatMap((file) => {
      try {
        return [(load(file) as { version: string }).version];
      } catch {
        return []; // made for a newer C library
      }
    });
    expect(versions[0]).toMatch(/^4\./);
  });
});
