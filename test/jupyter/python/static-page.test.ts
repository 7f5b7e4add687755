/** A notebook with views on a page that knows nothing of Patchbay: nbconvert's HTML, in a browser without scripts. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jupyterPython } from './python.mjs';

const python = jupyterPython();
const start = promisify(execFile);
const CELL = `
import { Mask, maskedDense, show, tf } from 'patchbay';
const A = Mask.from([[1, 1, 0], [1, 0, 1]]);
const model = tf.sequential({ layers: [maskedDense({ connections: A, inputShape: [2], activation: 'tanh' }), tf.layers.dense({ units: 1, activation: 'sigmoid' })] });
show.mask(A); show.kernel(model.layers[0]); show.degrees(A); show.network(model);
show.boundary(model, { xs: [[0, 0], [1, 1]], ys: [0, 1] });
show.loss({ loss: [2, 1] });
model.layers[0]`;

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-static-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

it.runIf(python !== undefined)('shows the picture of every view, at its size, with its sentence for those who do not see it', async () => {
  const file = path.join(folder, 'views.ipynb');
  fs.writeFileSync(file, JSON.stringify({ cells: [{ cell_type: 'code', id: 'c', metadata: {}, source: CELL, outputs: [], execution_count: null }], metadata: { kernelspec: { name: 'patchbay', display_name: 'x', language: 'typescript' } }, nbformat: 4, nbformat_minor: 5 }));
  await start(process.execPath, [path.resolve('dist/cli.js'), 'run', file, '-o', file, '--quiet']);
  // Of nbconvert's templates only this one knows alternative texts; the pictures say the same in letters.
  await start(python ?? '', ['-m', 'nbconvert', '--to', 'html', '--template', 'classic', file], { env: { ...process.env, JUPYTER_CONFIG_DIR: folder, PYTHONWARNINGS: 'ignore' } });
  const html = fs.readFileSync(path.join(folder, 'views.html'), 'utf8');
  const images = Array.from(html.matchAll(/<img\b[^>]*src="data:image\/png;base64,([^"]+)"[^>]*>/gs), ([tag, data = '']) => ({ tag: tag.replace(data, ''), png: Buffer.from(data.replace(/\s/g, ''), 'base64') }));
  const alts = images.map(({ tag }) => /alt="([^"]*)"/s.exec(tag)?.[1] ?? '');
  expect(alts.map((alt) => alt.split(/[ ,:]/)[0])).toEqual(['Connection', 'Kernel', 'Degrees', 'Network', 'Decision', 'Training', 'MaskedDense']);
  for (const { tag, png } of images) {
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Twice as dense as it is shown.
    expect(Number(/width="(\d+)"/.exec(tag)?.[1])).toBeCloseTo(png.readUInt32BE(16) / 2, -0.5);
  }
  expect(html).not.toMatch(/vnd\.patchbay/);
}, 120_000);
