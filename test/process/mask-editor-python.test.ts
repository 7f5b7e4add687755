/** NumPy and SciPy as oracles of the mask editor: files that they write are read, edited and saved in their own style, and they read them again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BitMatrix } from '../../extension/mask-editor/document/bit-matrix.js';
import { Timeline } from '../../extension/mask-editor/document/timeline.js';
import { answer } from '../../extension/mask-editor/files/worker.js';
import { findPython, runPython } from '../support/python.js';

const found = findPython('numpy', 'scipy');
if ('missing' in found) console.warn(`the mask editor is not compared with NumPy and SciPy: ${found.missing}`);
const python = 'python' in found ? found.python : '';
const folder = mkdtempSync(path.join(os.tmpdir(), 'patchbay-editor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITE = `
import json, os, sys
import numpy as np, scipy.sparse as sp, scipy.io
os.chdir(sys.argv[1])
dense = (np.random.default_rng(5).random((9, 37)) < 0.3).astype(np.int64)
names = []
def add(name, write):
    write(name)
    names.append(name)
for dtype in ['?', 'u1', '<i2', '>i4', '<u8', '<f2', '>f4', '<f8']:
    for order in 'CF':
        add(f'{dtype[-2:].strip("?") or "b"}{order}.npy', lambda name: np.save(name, np.asarray(dense.astype(dtype), order=order)))
for field in ['pattern', 'integer', 'real', 'complex']:
    add(f'{field}.mtx', lambda name: scipy.io.mmwrite(name, sp.coo_array(dense), field=field, comment='two\\nlines'))
add('array.mtx', lambda name: scipy.io.mmwrite(name, dense))
add('integers.csv', lambda name: np.savetxt(name, dense, fmt='%d', delimiter=','))
add('reals.csv', lambda name: np.savetxt(name, dense, delimiter=';', header='mine'))
add('sparse.npz', lambda name: sp.save_npz(name, sp.csc_array(dense.astype(bool))))
print(json.dumps({'dense': dense.tolist(), 'names': names}))
`;

const READ = `
import json, os, sys
import numpy as np, scipy.sparse as sp, scipy.io
os.chdir(sys.argv[1])
def dense(name):
    if name.endswith('.npz'): return sp.load_npz(name).toarray()
    if name.endswith('.npy'): return np.load(name)
    if name.endswith('.mtx'):
        read = scipy.io.mmread(name)
        return read.toarray() if sp.issparse(read) else read
    return np.loadtxt(name, delimiter=';' if name == 'reals.csv' else ',', ndmin=2)
print(json.dumps([[dense(name).real.astype(int).tolist(), str(np.load(name).dtype) if name.endswith('.npy') else ''] for name in sys.argv[2:]]))
`;

describe.skipIf('missing' in found)('a file of NumPy or SciPy that is edited', () => {
  it('is the mask that was drawn, in the type it had', () => {
    const { dense, names } = runPython(python, WRITE, folder) as { dense: number[][]; names: string[] };
    expect(names.length).toBe(24);
    const before = runPython(python, READ, folder, ...names) as [number[][], string][];
    for (const name of names) {
      const file = path.join(folder, name);
      const read = answer({ kind: 'read', file: name, bytes: readFileSync(file) });
      if (!('matrix' in read)) throw new Error(`${name}: ${JSON.stringify(read)}`);
      const timeline = new Timeline(new BitMatrix(read.matrix.inputs, read.matrix.outputs, read.matrix.words), true);
      timeline.edit({ kind: 'invert', area: { top: 2, left: 5, bottom: 6, right: 33 } });
      const written = answer({ kind: 'encode', file: name, matrix: timeline.matrix, style: read.style });
      if (!('bytes' in written)) throw new Error(`${name}: ${JSON.stringify(written)}`);
      writeFileSync(file, written.bytes);
    }
    const expected = dense.map((row, i) => row.map((value, j) => (i >= 2 && i <= 6 && j >= 5 && j <= 33 ? 1 - value : value)));
    const after = runPython(python, READ, folder, ...names) as [number[][], string][];
    names.forEach((name, k) => expect([name, ...(after[k] ?? [])]).toEqual([name, expected, before[k]?.[1]]));
  });
});
