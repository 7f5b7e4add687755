import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Disk } from './disk.js';

describe('files of the disk', () => {
  let folder = '';
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-disk-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => path.join(folder, name);
  const write = (name: string, text: string, time: number): void => {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
    fs.utimesSync(at(name), time, time);
  };

  it('are read again when they changed, and not before somebody looks', () => {
    write('a.ts', '\uFEFFone', 1);
    const disk = new Disk();
    expect(disk.read(at('a.ts'))).toEqual({ text: 'one', version: 1 });
    write('a.ts', 'two', 2);
    expect(disk.read(at('a.ts'))?.text).toBe('one');
    disk.refresh(10_000);
    expect(disk.read(at('a.ts'))).toEqual({ text: 'two', version: 2 });
    expect(disk.version).toBe(1);
    write('a.ts', 'three', 3);
    disk.refresh(10_100);
    expect(disk.version).toBe(1);
    disk.refresh(20_000);
    expect(disk.version).toBe(2);
    fs.rmSync(at('a.ts'));
    disk.refresh(30_000);
    expect(disk.read(at('a.ts'))).toBeUndefined();
  });

  it('that were missing are found when they come, in packages too', () => {
    const disk = new Disk();
    const names = ['late.ts', 'node_modules/p/package.json'];
    expect(names.map((name) => disk.fileExists(at(name)))).toEqual([false, false]);
    for (const name of names) write(name, '{}', 1);
    disk.refresh(10_000);
    expect(names.map((name) => disk.fileExists(at(name)))).toEqual([true, true]);
    expect(disk.fileExists(folder)).toBe(false);
    disk.refresh(20_000);
    expect(disk.version).toBe(2);
  });
});
