import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MASK_FILE_EXTENSIONS, readMaskFile } from '../../kernel/model/files/read-mask-file.js';
import { matrixLook } from '../../kernel/model/look/matrix-look.js';
import { maskOf } from '../../test/support/masks.js';
import { SAVE_FILTERS, savedLook, type SaveTools } from './saved-look.js';

const tools: SaveTools = { rasterize: async (svg) => new TextEncoder().encode(`png of ${svg.slice(0, 4)}`), zip: (files) => zipSync(files) };
const mask = maskOf('X.X', '.X.');
const bytes = async (...asked: Parameters<typeof savedLook>): Promise<Uint8Array> => Buffer.concat(Array.from(await savedLook(...asked), (piece) => Buffer.from(piece)));

describe('savedLook', () => {
  it.each(MASK_FILE_EXTENSIONS)('.%s is read as the same mask', async (extension) => {
    const file = `a.${extension}`;
    const saved = await bytes(file, 'a', matrixLook(mask, { what: 'a Mask' }), tools);
    expect(readMaskFile(file, saved, { decodeText: (part) => new TextDecoder().decode(part), unzip: unzipSync })).toEqual(mask);
  });

  it('is a picture of masks and of kernels', async () => {
    const kernel = matrixLook(mask, { what: 'a layer' }, Float32Array.of(1, -2, 3));
    expect((await bytes('a.SVG', 'a', kernel, tools)).toString()).toMatch(/^<svg /);
    expect((await bytes('a.png', 'a', matrixLook(mask, { what: 'a Mask' }), tools)).toString()).toBe('png of <svg');
  });

  it('says which formats there are', async () => {
    await expect(savedLook('a.gif', 'a', matrixLook(mask, { what: 'a Mask' }), tools)).rejects.toThrow('a.gif has none of the extensions that tell the format: .png, .svg, .mtx, .csv, .npy, .npz, .json.');
  });

  it('says how to save what is too large for a panel', async () => {
    const { exact: _, ...large } = matrixLook(mask, { what: 'a Mask' });
    await expect(savedLook('a.mtx', 'wiring', large, tools)).rejects.toThrow(`"wiring" has more connections than the panel holds. Save it in a cell`);
    expect((await bytes('a.svg', 'wiring', large, tools)).length).toBeGreaterThan(100);
  });

  it('offers every format in the dialog', () => {
    expect(Object.values(SAVE_FILTERS).flat().sort()).toEqual(['png', 'svg', ...MASK_FILE_EXTENSIONS].sort());
  });
});
