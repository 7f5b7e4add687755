/** `patchbay visualize` as a user calls it. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgb } from '../../kernel/model/views/colour.js';
import { paletteFor } from '../../kernel/model/views/palette.js';
import { decodePng, type DecodedPng } from '../support/png.js';

const CLI = path.resolve('dist/cli.js');
const DATA = path.resolve('examples/data');
let folder = '';
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-visualize-')));
  fs.writeFileSync(path.join(folder, 'good.csv'), '1,0,1\n0,1,1\n');
  fs.writeFileSync(path.join(folder, 'bad.csv'), '1,0,1\n0,x,1\n');
  fs.writeFileSync(path.join(folder, 'mask.mtx'), '%%MatrixMarket matrix coordinate pattern general\n3 2 2\n1 1\n3 2\n');
  fs.writeFileSync(path.join(folder, 'broken.json'), '{"shape": [2, 2], "indptr": [0, 1');
  fs.writeFileSync(path.join(folder, 'not.keras'), 'no archive');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const visualize = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'visualize', ...args], { cwd: folder }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
  });

const picture = (name: string): DecodedPng => decodePng(fs.readFileSync(path.join(folder, name)));

function count(png: DecodedPng, [red, green, blue]: readonly number[]): number {
  let found = 0;
  for (let y = 0; y < png.height; y++) for (let x = 0; x < png.width; x++) if (png.at(x, y).slice(0, 3).join() === [red, green, blue].join()) found++;
  return found;
}

describe('patchbay visualize', () => {
  it('draws a mask: the sentence on stdout, the picture beside', async () => {
    const { code, stdout, stderr } = await visualize('good.csv', '-o', 'mask.png');
    expect([code, stdout, stderr]).toEqual([0, 'Connection mask “good.csv”, 2 inputs × 3 outputs: 4 of 6 connected (66.7 %). Inputs per output: min 1, median 1, max 2.\n', 'Picture: mask.png\n']);
    const png = picture('mask.png');
    const palette = paletteFor('light');
    // Four cells are connected, two are not; cells of the same size.
    expect(count(png, palette.connected)).toBeGreaterThan(1.6 * count(png, palette.absent));
    expect(png.at(0, 0)).toEqual([...rgb('#ffffff'), 255]);
  });

  it('draws a model: the net, and the kernel of each layer', async () => {
    const { code, stdout } = await visualize(path.join(DATA, 'custom-connected.keras'), '--out=net.png');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, -1).map((line) => line.slice(0, 30))).toEqual(['Network “custom-connected.kera', 'Kernel of layer masked_1, 6 in', 'Kernel of layer masked_2, 8 in', 'Kernel of layer masked_3, 5 in']);
    const png = picture('net.png');
    expect(png.height).toBeGreaterThan(2 * png.width);
  });

  it('names the picture after the file, and writes .svg by its extension', async () => {
    expect((await visualize('mask.mtx')).code).toBe(0);
    expect(picture('mask.png').width).toBeGreaterThan(800);
    expect((await visualize('mask.mtx', '-o', 'mask.svg')).code).toBe(0);
    expect(fs.readFileSync(path.join(folder, 'mask.svg'), 'utf8')).toMatch(/^<svg .*<title>Connection mask “mask\.mtx”, 3 inputs × 2 outputs/);
  });

  it('draws a model that models.save wrote', async () => {
    const script = `const { models, tf, maskedDense, ready } = require(${JSON.stringify(path.resolve('dist/kernel/runtime.js'))});
      ready.then(() => models.save(tf.sequential({ layers: [maskedDense({ name: 'wired', connections: 'X.\\nXX', inputShape: [2] })] }), 'saved.json'));`;
    await promisify(execFile)(process.execPath, ['-e', script], { cwd: folder, env: { ...process.env, PATCHBAY_BACKEND: 'cpu' } });
    const { code, stdout } = await visualize('saved.json');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^Network “saved\.json”: inputs \(2 units\) → wired \(2\), 3 connections\.[^]*Kernel of layer wired, 2 inputs × 2 outputs: 3 of 4 connected/)]);
  });

  it.each<[string, string[], RegExp]>([
    ['a file that does not parse, with the place', ['bad.csv'], /bad\.csv, line 2, column 3: the entry is "x", neither 0 nor 1/],
    ['a cut file', ['broken.json'], /broken\.json.*line 1/],
    ['a file that is no archive', ['not.keras'], /not\.keras/],
    ['a file that is not there', ['none.mtx'], /none\.mtx: there is no such file/],
    ['another kind of file', [CLI], /cli\.js is no mask or model file: there are \.mtx, \.npy/],
    ['another kind of picture', ['good.csv', '-o', 'a.jpg'], /-o a\.jpg: a picture is a \.png or \.svg file/],
    ['a folder that is not there', ['good.csv', '-o', 'no/a.png'], /there is no folder .*no/],
    ['no file', [], /visualize takes one file/],
  ])('%s: exit code 2, and no trace', async (_, args, message) => {
    const { code, stdout, stderr } = await visualize(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
