import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetAt, groupAt, readHdf5, writeHdf5, type Hdf5Group } from './hdf5.js';

const group = (members: Partial<Hdf5Group>): Hdf5Group => ({ attributes: {}, groups: {}, datasets: {}, ...members });

describe('a tree of groups', () => {
  const tree = group({
    attributes: { text: 'ä, 語', empty: [], list: ['a', 'bé', ''] },
    datasets: { steps: { shape: [], values: BigInt64Array.of(7n) }, none: { shape: [0], values: new Float32Array(0) } },
    groups: { deep: group({ groups: { er: group({ datasets: { matrix: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) } } }) } }), left: group({}) },
  });

  it('comes back as it was written', async () => {
    const read = await readHdf5(await writeHdf5(tree));
    expect(read.attributes).toEqual(tree.attributes);
    expect(datasetAt(read, 'deep/er/matrix')).toEqual({ shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect([...read.datasets['steps']!.values].map(Number)).toEqual([7]);
    expect(groupAt(read, ['left'])).toEqual(group({}));
    expect([datasetAt(read, 'deep/matrix'), groupAt(read, ['no', 'where'])]).toEqual([undefined, undefined]);
  });

  it('leaves out groups at the top that nobody asked for', async () => {
    const read = await readHdf5(await writeHdf5(tree), ['deep']);
    expect(Object.keys(read.groups)).toEqual(['left']);
  });

  it('of any numbers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.float({ noNaN: true }), { maxLength: 20 }), async (list) => {
        const values = Float32Array.from(list);
        expect((await readHdf5(await writeHdf5(group({ datasets: { x: { shape: [list.length], values } } })))).datasets['x']?.values).toEqual(values);
      }),
      { numRuns: 15 },
    );
  });
});

it('refuses what is no HDF5 file, and a cut one', async () => {
  await expect(readHdf5(new TextEncoder().encode('hello'))).rejects.toThrow(/^is no HDF5 file$/);
  await expect(readHdf5(new Uint8Array(0))).rejects.toThrow('is no HDF5 file');
  const bytes = await writeHdf5(group({ attributes: { a: 'b' } }));
  await expect(readHdf5(bytes.subarray(0, bytes.length - 100))).rejects.toThrow(/^is a damaged HDF5 file \(truncated file: [^\n]+\)$/);
});
