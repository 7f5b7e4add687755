/** The bundled thread that reads mask files for *Visualize Mask*. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { filePicture } from '../../extension/mask-view/file-picture.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';

const WORKER = path.resolve('dist/mask-file-worker.js');
const file = (name: string, text: string, size = text.length) => ({ name, size: async () => size, read: async () => new TextEncoder().encode(text) });

it('reads a file into a view that the renderer accepts', async () => {
  const picture = await filePicture(file('wiring.csv', '1,0,1\n0,1,1\n'), WORKER);
  expect(picture.title).toBe('wiring.csv');
  expect(parseMaskView(picture.payload)).toMatchObject({ title: 'wiring.csv', inputs: 2, outputs: 3, nnz: 4 });
});

it('passes on what is wrong with a file', async () => {
  await expect(filePicture(file('wiring.csv', '1,0\n0,7\n'), WORKER)).rejects.toThrow('wiring.csv, line 2, column 3: the entry is "7", neither 0 nor 1.');
});

it('refuses a file that is too large before it reads it', async () => {
  await expect(filePicture(file('huge.npy', '', 300 * 2 ** 20), WORKER)).rejects.toThrow('huge.npy has 300 MB, and masks of up to 256 MB are drawn.');
});

it('reports a reader that cannot start, and does not wait for it', async () => {
  await expect(filePicture(file('a.csv', '1'), path.resolve('dist/missing.js'))).rejects.toThrow(/^a\.csv could not be read: Cannot find module/);
});

it('leaves the thread that asks free while it reads a million entries', async () => {
  const row = `${Array.from({ length: 1000 }, (_, j) => j % 2).join(',')}\n`;
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const picture = await filePicture(file('large.csv', row.repeat(1000)), WORKER);
  clearInterval(watch);
  expect(parseMaskView(picture.payload)).toMatchObject({ inputs: 1000, outputs: 1000, nnz: 500_000 });
  // 50 ms is the limit for the extension host; a loaded test machine may add to it.
  expect(longest).toBeLessThan(250);
});
