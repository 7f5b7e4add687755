/** The bundled threads that read files of masks and of models for *Visualize Mask*. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileLook, type LookedAtFile } from '../../extension/mask-view/file-look.js';
import type { Look, LookReply } from '../../kernel/model/look/look.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { TestKernel } from './harness.js';

const DIST = path.resolve('dist');
const file = (name: string, text: string, size = text.length): LookedAtFile => ({ name, path: undefined, size: async () => size, read: async () => new TextEncoder().encode(text) });

function drawn(reply: LookReply): Look {
  if (reply.status !== 'drawn') throw new Error(reply.problem);
  return reply.look;
}

describe('a file of a mask', () => {
  it('is read into a view that the renderer accepts', async () => {
    const { matrix } = drawn(await fileLook(file('wiring.csv', '1,0,1\n0,1,1\n'), undefined, DIST));
    expect(parseMaskView(matrix.payload)).toMatchObject({ title: 'wiring.csv', inputs: 2, outputs: 3, nnz: 4 });
    expect(matrix.analysis).toMatchObject({ nnz: 4, deadInputs: { count: 0 } });
  });

  it('that has an error is told with its place', async () => {
    await expect(fileLook(file('wiring.csv', '1,0\n0,7\n'), undefined, DIST)).rejects.toThrow('wiring.csv, line 2, column 3: the entry is "7", neither 0 nor 1.');
    await expect(fileLook(file('wiring.json', '{"a": 1}'), undefined, DIST)).rejects.toThrow(/wiring\.json, at shape/);
  });

  it('is refused when it is too large, before it is read', async () => {
    await expect(fileLook(file('huge.npy', '', 300 * 2 ** 20), undefined, DIST)).rejects.toThrow('huge.npy has 300 MB, and masks of up to 256 MB are drawn.');
  });

  it('whose reader cannot start is reported, not waited for', async () => {
    await expect(fileLook(file('a.csv', '1'), undefined, path.resolve('dist/missing'))).rejects.toThrow(/^a\.csv could not be read: Cannot find module/);
  });

  it('leaves the thread that asks free while a million entries are read', async () => {
    const row = `${Array.from({ length: 1000 }, (_, j) => j % 2).join(',')}\n`;
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const { matrix } = drawn(await fileLook(file('large.csv', row.repeat(1000)), undefined, DIST));
    clearInterval(watch);
    expect(parseMaskView(matrix.payload)).toMatchObject({ inputs: 1000, outputs: 1000, nnz: 500_000 });
    // 50 ms is the limit for the extension host; a loaded test machine may add to it.
    expect(longest).toBeLessThan(250);
  });
});

describe('a file of a model', () => {
  let folder = '';
  const onDisk = (name: string): LookedAtFile => ({ name, path: path.join(folder, name), size: async () => fs.statSync(path.join(folder, name)).size, read: async () => fs.readFileSync(path.join(folder, name)) });

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-models-'));
    const kernel = new TestKernel();
    const made = await kernel.run(`import { models, maskedDense, tf } from 'patchbay';
const model = tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [0, 1], [0, 0]], inputShape: [3], name: 'first' }), tf.layers.dense({ units: 1, name: 'last' })] });
await models.save(model, ${JSON.stringify(path.join(folder, 'net.json'))});
await models.exportKeras(model, ${JSON.stringify(path.join(folder, 'net.keras'))}, { as: 'custom' });
await models.exportKeras(model, ${JSON.stringify(path.join(folder, 'net.h5'))});`);
    await kernel.stop();
    if (made.reply.status === 'error') throw new Error(made.reply.traceback.join('\n'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['net.json', 'a MaskedDense layer', undefined],
    ['net.keras', 'a MaskedDense layer', undefined],
    // Keras's own Dense holds zeros where nothing is connected.
    ['net.h5', 'a Dense layer', 'A Dense layer has no mask: every weight that is not 0 counts as a connection.'],
  ])('%s is read, with the analysis of the net', async (name, what, note) => {
    const { matrix, net } = drawn(await fileLook(onDisk(name), undefined, DIST));
    expect(matrix).toMatchObject({ what, analysis: { inputs: 3, outputs: 2, nnz: 2, deadInputs: { first: ['2'] } } });
    expect(matrix.note).toBe(note);
    expect(net?.layers.map(({ key }) => key)).toEqual(['0 first', '1 last']);
    expect(net?.report?.layers.length).toBe(2);
  });

  it('shows the layer that is chosen', async () => {
    expect(drawn(await fileLook(onDisk('net.keras'), '1 last', DIST))).toMatchObject({ matrix: { analysis: { inputs: 2, outputs: 1 } }, net: { layer: '1 last' } });
  });

  it('that is damaged, or is none, is told with what is wrong', async () => {
    fs.writeFileSync(path.join(folder, 'bad.keras'), 'no zip');
    fs.writeFileSync(path.join(folder, 'bad.h5'), 'no hdf5');
    fs.writeFileSync(path.join(folder, 'lonely.json'), fs.readFileSync(path.join(folder, 'net.json'), 'utf8').replaceAll('net.bin', 'gone.bin'));
    await expect(fileLook(onDisk('bad.keras'), undefined, DIST)).rejects.toThrow(/^bad\.keras could not be read: .*zip/i);
    await expect(fileLook(onDisk('bad.h5'), undefined, DIST)).rejects.toThrow(/^bad\.h5 could not be read: .*HDF5/i);
    await expect(fileLook(onDisk('lonely.json'), undefined, DIST)).rejects.toThrow(/^lonely\.json could not be read: .*gone\.bin, which is not beside it/);
  });

  it('that lies elsewhere is not read', async () => {
    await expect(fileLook(file('net.keras', ''), undefined, DIST)).rejects.toThrow('net.keras could not be read: files of models are read from the disk of this machine only; copy it there.');
  });
});
