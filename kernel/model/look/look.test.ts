import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../test/support/masks.js';
import { isProblem } from '../views/problem.js';
import { parseKernelView } from '../views/kernel-view.js';
import { parseMaskView } from '../views/mask-view.js';
import { KERNEL_MIME, MASK_MIME } from '../views/media-types.js';
import { analyseMatrix } from './analyse-matrix.js';
import { degreeBins } from './degree-bins.js';
import { denseLook, NON_ZERO_NOTE } from './dense-matrix.js';
import { maskOfExact, matrixLook } from './matrix-look.js';
import { parseValuePath } from './value-path.js';

describe('analyseMatrix', () => {
  it('names what is dead and counts degrees', () => {
    const analysis = analyseMatrix(maskOf('XX..', '....', 'X...'));
    expect(analysis).toMatchObject({ inputs: 3, outputs: 4, nnz: 3, deadInputs: { count: 1, first: ['1'] }, unreachableOutputs: { count: 2, first: ['2', '3'] } });
    expect(analysis.inDegree).toEqual({ min: 0, median: 0, max: 2, bins: [{ from: 0, to: 0, units: 2 }, { from: 1, to: 1, units: 1 }, { from: 2, to: 2, units: 1 }] });
    expect(analysis.outDegree).toMatchObject({ min: 0, median: 1, max: 2 });
  });

  it('names no more dead units than a reader takes in, and counts all', () => {
    const { deadInputs } = analyseMatrix(maskOf('X', ...new Array<string>(100).fill('.')));
    expect(deadInputs.count).toBe(100);
    expect(deadInputs.first).toHaveLength(24);
  });
});

describe('degreeBins', () => {
  it('holds every unit once, in at most twelve bins without gaps', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (small) => {
        const degrees = Uint32Array.from(small);
        const bins = degreeBins(degrees);
        expect(bins.length).toBeLessThanOrEqual(12);
        bins.forEach(({ from, to, units }, at) => {
          expect(units).toBe(degrees.filter((degree) => degree >= from && degree <= to).length);
          if (at > 0) expect(from).toBe((bins[at - 1]?.to ?? 0) + 1);
        });
        expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([Math.min(...degrees), Math.max(...degrees)]);
      }),
    );
  });

  it('of no units has no bins', () => {
    expect(degreeBins(new Uint32Array())).toEqual([]);
  });
});

describe('matrixLook', () => {
  it('is a view that the renderer reads, and the exact mask', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }), (rows) => {
        const mask = maskOf(...rows.map((row) => row.map((on) => (on ? 'X' : '.')).join('')));
        const { mime, payload, exact } = matrixLook(mask, { what: 'a Mask', title: 'a' });
        expect(mime).toBe(MASK_MIME);
        const view = parseMaskView(JSON.parse(JSON.stringify(payload)));
        expect(isProblem(view) ? view.problem : view.nnz).toBe(mask.indices.length);
        expect(maskOfExact(JSON.parse(JSON.stringify(exact)))).toEqual(mask);
      }),
    );
  });

  it('with weights is a kernel', () => {
    const { mime, payload } = matrixLook(maskOf('X.', '.X'), { what: 'a layer' }, Float32Array.of(0.5, -2));
    expect(mime).toBe(KERNEL_MIME);
    expect(parseKernelView(payload)).toMatchObject({ nnz: 2, statistics: { min: -2, max: 0.5 } });
  });
});

describe('denseLook', () => {
  const look = (rows: readonly (readonly number[])[]) => denseLook(rows.length, rows[0]?.length ?? 0, (i, j) => rows[i]?.[j] ?? 0, { what: 'an array', title: 'rows' });

  it('of 0 and 1 is a mask', () => {
    expect(look([[1, 0], [0, 1]])).toMatchObject({ mime: MASK_MIME, analysis: { nnz: 2 } });
    expect(look([[1, 0]]).note).toBeUndefined();
  });

  it('of other numbers says what counts as connected, and keeps the values', () => {
    const { mime, note, payload } = look([[0.5, 0], [-0, Number.NaN]]);
    expect([mime, note]).toEqual([KERNEL_MIME, NON_ZERO_NOTE]);
    expect(parseKernelView(payload)).toMatchObject({ nnz: 2, statistics: { min: 0.5, max: 0.5, notFinite: 1 } });
  });
});

describe('parseValuePath', () => {
  it.each([
    ['wiring', 'wiring', []],
    [' größe ', 'größe', []],
    ['model.layers[0].mask', 'model', ['layers', '0', 'mask']],
    ['model?.layers?.[12]', 'model', ['layers', '12']],
    [`table["a b"]['c']`, 'table', ['a b', 'c']],
    ['$x . y', '$x', ['y']],
  ])('%s', (expression, name, keys) => {
    expect(parseValuePath(expression)).toEqual({ name, keys });
  });

  it.each(['', '1', 'f()', 'a + b', 'a[b]', 'a.b()', 'await x', 'this.x', 'new Mask', 'a[01]', 'a.#b', '[[1]]', 'a["\\n"]', 'a; b', 'a.'])('leaves %j to the compiler', (expression) => {
    expect(parseValuePath(expression)).toBeUndefined();
  });
});
