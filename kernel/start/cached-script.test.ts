import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFolders, loadCached } from './cached-script.js';

let folder: string;
let bundle: string;
let built: string;

beforeAll(() => {
  built = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay built ')), 'cached-script.cjs');
  const { outputText } = ts.transpileModule(fs.readFileSync('kernel/start/cached-script.ts', 'utf8'), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
  fs.writeFileSync(built, outputText);
});
afterAll(() => fs.rmSync(path.dirname(built), { recursive: true }));

/** In a process of its own: V8 keeps what it compiled in one, and then looks at no data. */
function inProcess(use: string): string {
  const program = `const script = require(${JSON.stringify(built)}).loadCached(${JSON.stringify(bundle)}, 'test'); const bundle = script.run(); ${use}; script.saveCache();`;
  fs.writeFileSync(path.join(folder, 'program.cjs'), program);
  return execFileSync(process.execPath, [path.join(folder, 'program.cjs')], { encoding: 'utf8' }).trim();
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay cached '));
  bundle = path.join(folder, 'bundle.js');
  fs.writeFileSync(bundle, "module.exports = { sum: (a, b) => a + b, folder: __dirname, file: __filename, os: require('node:os'), load: () => require('node:path') };");
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'users'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

const inCache = (place = path.join(folder, 'users', 'patchbay')): string[] => (fs.existsSync(place) ? fs.readdirSync(place) : []);

describe('a bundle', () => {
  it('is a CommonJS module', () => {
    const script = loadCached(bundle, 'test');
    const exports = script.run() as { sum: (a: number, b: number) => number; folder: string; file: string; os: typeof os };
    expect(exports.sum(1, 2)).toBe(3);
    expect(exports).toMatchObject({ folder, file: bundle });
    expect(exports.os.EOL).toBe(os.EOL);
    expect(script.run()).toBe(exports);
  });

  it('is one in a process of its own, from its source and from cached data', () => {
    for (let start = 0; start < 2; start++) expect(inProcess("console.log(bundle.sum(1, 2), bundle.load().sep)")).toBe(`3 ${path.sep}`);
    expect(inCache()).toHaveLength(1);
  });

  it('may hold any characters', () => {
    fs.writeFileSync(bundle, "module.exports = 'π ≈ 3';");
    expect(inProcess('console.log(bundle)')).toBe('π ≈ 3');
    expect(inProcess('console.log(bundle)')).toBe('π ≈ 3');
  });
});

describe('its cached data', () => {
  it('goes to the user, and is taken and not written again from then on', () => {
    loadCached(bundle, 'test').saveCache();
    const [name] = inCache();
    expect(name).toMatch(/^v8-test-.*\.bin$/);
    fs.chmodSync(path.join(folder, 'users', 'patchbay', name!), 0o444);
    const before = fs.statSync(path.join(folder, 'users', 'patchbay', name!)).ino;
    loadCached(bundle, 'test').saveCache();
    expect(inCache()).toEqual([name]);
    expect(fs.statSync(path.join(folder, 'users', 'patchbay', name!)).ino).toBe(before);
  });

  it('lies beside the bundle where there is a folder for it', () => {
    fs.mkdirSync(path.join(folder, 'cache'));
    loadCached(bundle, 'test').saveCache();
    expect(inCache()).toEqual([]);
    expect(inCache(path.join(folder, 'cache'))).toHaveLength(1);
  });

  it('of a bundle that changed is another, though its length is the same', () => {
    loadCached(bundle, 'test').saveCache();
    fs.writeFileSync(bundle, fs.readFileSync(bundle, 'utf8').replace('a + b', 'a - b'));
    fs.utimesSync(bundle, new Date(), new Date(Date.now() + 5_000));
    const script = loadCached(bundle, 'test');
    expect((script.run() as { sum: (a: number, b: number) => number }).sum(1, 2)).toBe(-1);
    script.saveCache();
    expect(inCache()).toHaveLength(2);
  });

  it('that is broken is made anew', () => {
    inProcess('');
    const file = path.join(folder, 'users', 'patchbay', inCache()[0]!);
    fs.writeFileSync(file, 'no data of V8');
    expect(inProcess('console.log(bundle.sum(1, 2))')).toBe('3');
    expect(fs.statSync(file).size).toBeGreaterThan(100);
  });

  it('that cannot be written hurts nobody', () => {
    fs.writeFileSync(path.join(folder, 'users'), 'a file, not a folder');
    expect(() => loadCached(bundle, 'test').saveCache()).not.toThrow();
  });

  it('is kept for a number of bundles, those used last', () => {
    const place = path.join(folder, 'users', 'patchbay');
    fs.mkdirSync(place, { recursive: true });
    for (let i = 0; i < 30; i++) {
      fs.writeFileSync(path.join(place, `v8-old-${i}.bin`), '');
      fs.utimesSync(path.join(place, `v8-old-${i}.bin`), i, i);
    }
    fs.writeFileSync(path.join(place, 'other.bin'), '');
    loadCached(bundle, 'test').saveCache();
    const left = inCache();
    expect(left).toHaveLength(17);
    expect(left).toContain('v8-old-29.bin');
    expect(left).not.toContain('v8-old-10.bin');
    expect(left).toContain('other.bin');
  });
});

describe('the folders', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, ['/x/patchbay']],
    [{ HOME: '/h' }, ['/h/.cache/patchbay']],
    [{ LOCALAPPDATA: '/l', USERPROFILE: '/u' }, ['/l/patchbay']],
    [{}, []],
  ])('%j', (env, expected) => {
    expect(cacheFolders('/nowhere', env)).toEqual(expected.map((one) => path.normalize(one)));
  });
});
