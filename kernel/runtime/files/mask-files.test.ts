import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { HOST_KEY } from '../../protocol/host.js';
import { Mask } from '../mask/mask.js';
import { fixedFanIn } from '../masks/index.js';
import { writePiecesAtomically } from '../../picture/write-pieces.js';

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'patchbay-mask-files-')));
afterAll(() => rmSync(folder, { recursive: true }));
const A = Mask.from('X.\n.X\nXX');

describe('mask.save and Mask.load', () => {
  it.each(['mtx', 'csv', 'npy', 'npz', 'json', 'NPZ'])('.%s comes back as it was', async (extension) => {
    const file = path.join(folder, `round.${extension}`);
    await A.save(file);
    expect((await Mask.load(file)).equals(A)).toBe(true);
  });

  it('takes file URLs, and writes the same bytes for the same mask', async () => {
    const file = path.join(folder, 'with space.npz');
    await A.save(pathToFileURL(file));
    const before = readFileSync(file);
    await A.save(pathToFileURL(file).href);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect((await Mask.load(pathToFileURL(file))).toDrawing()).toBe(A.toDrawing());
  });

  it('case 18: loads 100,000 × 100,000 with fan-in 4 in a second', async () => {
    const file = path.join(folder, 'wide.npz');
    const wide = fixedFanIn(100_000, 100_000, { fanIn: 4, seed: 1 });
    await wide.save(file);
    const start = performance.now();
    const again = await Mask.load(file);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(again.equals(wide)).toBe(true);
  });
});

describe('paths', () => {
  const holder = globalThis as { [HOST_KEY]?: unknown };
  afterEach(() => {
    delete holder[HOST_KEY];
  });

  it("starts at the notebook's folder", async () => {
    mkdirSync(path.join(folder, 'data'), { recursive: true });
    holder[HOST_KEY] = { notebookFolder: folder };
    await A.save('data/a.csv');
    expect(readFileSync(path.join(folder, 'data', 'a.csv'), 'utf8')).toBe('1,0\n0,1\n1,1\n');
    expect((await Mask.load('./data/a.csv')).nnz).toBe(4);
    await expect(Mask.load('b.csv')).rejects.toThrow(`Mask.load: b.csv cannot be read: there is no such file or folder (looked for from ${folder})`);
  });

  it('starts at the working directory in a script', async () => {
    await expect(Mask.load('no-such-mask.csv')).rejects.toThrow(`(looked for from ${process.cwd()})`);
  });
});

describe('what goes wrong', () => {
  it('is said with file, place and what to do', async () => {
    const file = path.join(folder, 'bad.csv');
    writeFileSync(file, '1,0\n0,7\n');
    await expect(Mask.load(file)).rejects.toThrow(`${file}, line 2, column 3: the entry is "7", neither 0 nor 1.`);
    await expect(Mask.load(folder)).rejects.toThrow(`Mask.load: ${folder} cannot be read: it is a folder`);
    await expect(Mask.load(7 as never)).rejects.toThrow('Mask.load: path is 7, expected a path, such as "mask.npz"');
    await expect(A.save(path.join(folder, 'a.xlsx'))).rejects.toThrow('the extension is "xlsx", not one of .mtx');
    await expect(A.save(path.join(folder, 'nowhere', 'a.csv'))).rejects.toThrow(/^Mask\.save: .*a\.csv cannot be written: there is no such file or folder$/);
  });

  it('leaves the old file as it was, and nothing beside it', async () => {
    const own = path.join(folder, 'own');
    mkdirSync(own);
    const file = path.join(own, 'a.csv');
    writeFileSync(file, 'old');
    const broken = function* () {
      yield 'half';
      throw new Error('no more');
    };
    await expect(writePiecesAtomically(file, broken())).rejects.toThrow('no more');
    expect([readdirSync(own), readFileSync(file, 'utf8')]).toEqual([['a.csv'], 'old']);
    await writePiecesAtomically(file, ['one ', new TextEncoder().encode('two')]);
    expect([readdirSync(own), readFileSync(file, 'utf8')]).toEqual([['a.csv'], 'one two']);
  });
});
