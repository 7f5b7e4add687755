/** NumPy and SciPy as oracles of the mask files: what they write is read, and what is written they read. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mask, masks } from '../../kernel/runtime/index.js';
import { findPython, runPython } from '../support/python.js';

const found = findPython('numpy', 'scipy');
if ('missing' in found) console.warn(`mask files are not compared with NumPy and SciPy: ${found.missing}`);
const python = 'python' in found ? found.python : '';

const folder = mkdtempSync(path.join(os.tmpdir(), 'patchbay-python-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => path.join(folder, name);

/** Writes the same 0/1 matrix in every way; prints the matrix and the files' names. */
const WRITE = `
import json, os, sys
import numpy as np, scipy.sparse as sp, scipy.io
os.chdir(sys.argv[1])
rng = np.random.default_rng(7)
dense = (rng.random((12, 8)) < 0.3).astype(np.int64)
names = []
def add(name, write):
    write(name)
    names.append(name)
for kind in ['csr', 'csc', 'coo', 'bsr', 'dia']:
    for word, make in [('matrix', sp.coo_matrix), ('array', sp.coo_array)]:
        for dtype in ['bool', 'int8', 'int64', 'float32', 'float64']:
            matrix = make(dense.astype(dtype)).asformat(kind)
            add(f'{kind}-{word}-{dtype}.npz', lambda name: sp.save_npz(name, matrix, compressed=dtype != 'int8'))
add('bsr-3x2.npz', lambda name: sp.save_npz(name, sp.bsr_array(dense, blocksize=(3, 2))))
shuffled = sp.coo_array(dense)
order = rng.permutation(shuffled.nnz)
add('shuffled.npz', lambda name: sp.save_npz(name, sp.coo_array((shuffled.data[order], (shuffled.row[order], shuffled.col[order])), shape=dense.shape)))
add('savez.npz', lambda name: np.savez(name, dense))
add('named.npz', lambda name: np.savez_compressed(name, weights=rng.random(5), mask=dense.astype(bool)))
add('fortran.npy', lambda name: np.save(name, np.asfortranarray(dense)))
add('big-endian.npy', lambda name: np.save(name, dense.astype('>f4')))
add('bool.npy', lambda name: np.save(name, dense.astype(bool)))
add('sparse.mtx', lambda name: scipy.io.mmwrite(name, sp.coo_array(dense)))
add('pattern.mtx', lambda name: scipy.io.mmwrite(name, sp.coo_array(dense), field='pattern'))
add('dense.mtx', lambda name: scipy.io.mmwrite(name, dense))
for dtype in ['uint8', 'uint64', 'int32', 'float32', 'float64', 'complex128']:
    add(f'comment-{dtype}.mtx', lambda name: scipy.io.mmwrite(name, sp.coo_array(dense.astype(dtype)), comment='two\\nlines'))
    add(f'array-{dtype}.mtx', lambda name: scipy.io.mmwrite(name, dense.astype(dtype)))
add('zipped.npz', lambda name: np.savez(name, mask=dense.astype('>i2')))
for dtype in ['int8', 'uint8', '<u2', '>i2', '<i4', '>u4', '<u8', '>i8', '<f2', '>f2', '>f8']:
    add(f'type-{dtype[-2:]}{ord(dtype[0])}.npy', lambda name: np.save(name, np.asfortranarray(dense.astype(dtype))))
add('text.csv', lambda name: np.savetxt(name, dense, fmt='%d', delimiter=','))
add('float.csv', lambda name: np.savetxt(name, dense, delimiter=';'))
print(json.dumps({'dense': dense.tolist(), 'names': names}))
`;

/** A symmetric matrix, which mmwrite finds out for itself. */
const SYMMETRIC = `
import json, os, sys
import numpy as np, scipy.sparse as sp, scipy.io
os.chdir(sys.argv[1])
half = np.triu(np.random.default_rng(3).random((6, 6)) < 0.4)
dense = (half | half.T).astype(np.int64)
names = []
for dtype in ['uint8', 'uint64', 'int64', 'float64', 'complex128']:
    for form, matrix in [('coo', sp.coo_array(dense.astype(dtype))), ('array', dense.astype(dtype))]:
        name = f'symmetric-{form}-{dtype}.mtx'
        scipy.io.mmwrite(name, matrix)
        with open(name) as written: assert 'symmetric' in written.readline()
        names.append(name)
print(json.dumps({'dense': dense.tolist(), 'names': names}))
`;

/** Reads the files back; prints each as nested lists. */
const READ = `
import json, sys
import numpy as np, scipy.sparse as sp, scipy.io
def dense(name):
    if name.endswith('.npz'):
        matrix = sp.load_npz(name)
        assert matrix.format == 'csr' and matrix.has_canonical_format and matrix.dtype == bool, matrix
        return matrix.toarray()
    if name.endswith('.npy'): return np.load(name)
    if name.endswith('.mtx'): return scipy.io.mmread(name).toarray()
    return np.loadtxt(name, delimiter=',', ndmin=2)
print(json.dumps([dense(name).astype(int).tolist() for name in sys.argv[1:]]))
`;

const WIDE = `
import json, sys
import numpy as np, scipy.sparse as sp
rng = np.random.default_rng(1)
n = 100_000
rows = np.concatenate([rng.choice(n // 4, size=n) + k * (n // 4) for k in range(4)])
matrix = sp.csr_array((np.ones(4 * n, dtype=np.float32), (rows, np.tile(np.arange(n), 4))), shape=(n, n))
sp.save_npz(sys.argv[1], matrix)
print(json.dumps({'nnz': int(matrix.nnz), 'rows': int((matrix.indices.astype(np.int64) * np.arange(4 * n)).sum() % 1_000_003)}))
`;

describe.skipIf('missing' in found)('case 20: mask files and Python', () => {
  let written: { dense: number[][]; names: string[] } = { dense: [], names: [] };
  beforeAll(() => {
    written = runPython(python, WRITE, folder) as typeof written;
  });

  it('reads what NumPy and SciPy write', async () => {
    expect(written.names.length).toBe(86);
    for (const name of written.names) expect([name, (await Mask.load(file(name))).toArray()]).toEqual([name, written.dense]);
  });

  it('reads symmetric matrices as SciPy writes them: one half', async () => {
    const { dense, names } = runPython(python, SYMMETRIC, folder) as { dense: number[][]; names: string[] };
    expect(names.length).toBe(10);
    for (const name of names) expect([name, (await Mask.load(file(name))).toArray()]).toEqual([name, dense]);
  });

  it('writes what NumPy and SciPy read', async () => {
    const samples = [masks.random(7, 5, { density: 0.4, seed: 3 }), masks.empty(3, 4), masks.dense(1, 1)];
    const names: string[] = [];
    for (const [k, mask] of samples.entries()) {
      for (const extension of ['npz', 'npy', 'mtx', 'csv']) {
        const name = file(`ours-${k}.${extension}`);
        await mask.save(name);
        names.push(name);
      }
    }
    const read = runPython(python, READ, ...names);
    expect(read).toEqual(samples.flatMap((mask) => new Array<number[][]>(4).fill(mask.toArray())));
  });

  it("case 18: loads SciPy's 100,000 × 100,000 with fan-in 4 in a second", async () => {
    const wide = runPython(python, WIDE, file('wide.npz')) as { nnz: number; rows: number };
    const start = performance.now();
    const mask = await Mask.load(file('wide.npz'));
    const took = performance.now() - start;
    expect(took).toBeLessThan(1000);
    expect([mask.nnz, new Set(mask.inDegree())]).toEqual([wide.nnz, new Set([4])]);
    let rows = 0;
    mask.data.indices.forEach((j, k) => (rows = (rows + j * k) % 1_000_003));
    expect(rows).toBe(wide.rows);
  });
});
