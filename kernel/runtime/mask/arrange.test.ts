import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from './mask.js';

const A = Mask.from('X.\n.X\nXX');

/** Dense matrices are the oracle; each function is NumPy's definition of the operation. */
const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([n, m]) => rows(n, m));
const rows = (n: number, m: number) => fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: m, maxLength: m }), { minLength: n, maxLength: n });
const permutation = (n: number) => fc.shuffledSubarray(Array.from({ length: n }, (_, k) => k), { minLength: n });
/** A result is in order only if building it anew from its edges gives the same arrays. */
const checked = (mask: Mask): number[][] => {
  expect(Mask.from({ shape: mask.shape, edges: mask.edges() }).equals(mask)).toBe(true);
  return mask.toArray();
};

describe('kron', () => {
  it('is numpy.kron', () => {
    fc.assert(fc.property(matrix, matrix, (a, b) => {
      const want = a.flatMap((ra) => b.map((rb) => ra.flatMap((x) => rb.map((y) => x * y))));
      expect(checked(Mask.from(a).kron(Mask.from(b)))).toEqual(want);
    }));
  });

  it('copies a mask along the diagonal', () => {
    expect(Mask.from('X.\n.X').kron(A).toDrawing()).toBe('X...\n.X..\nXX..\n..X.\n...X\n..XX');
  });

  it('refuses a result that is too large', () => {
    const wide = Mask.from({ shape: [60_000, 1], edges: [] });
    expect(() => wide.kron(wide)).toThrow('Mask.kron: the result would have shape [3600000000, 1], and a side is at most 2147483648');
    const full = Mask.from(() => 1, { shape: [200, 200] });
    expect(() => full.kron(full)).toThrow('the result would have 1600000000 connections, more than 268435456');
    expect(() => A.kron([[1]] as never)).toThrow('Mask.kron: other is an array of 1, expected a Mask');
  });
});

describe('permute', () => {
  it('is A[p][:, q]', () => {
    const withOrders = matrix.chain((a) => fc.tuple(fc.constant(a), permutation(a.length), permutation(a[0]!.length)));
    fc.assert(fc.property(withOrders, ([a, p, q]) => {
      const mask = Mask.from(a);
      expect(checked(mask.permute(p, q))).toEqual(p.map((i) => q.map((j) => a[i]![j])));
      expect(mask.permute(p, null).permute(null, Uint32Array.from(q)).equals(mask.permute(p, q))).toBe(true);
      const inverse = p.map((_, i) => p.indexOf(i));
      expect(mask.permute(p).permute(inverse).equals(mask)).toBe(true);
    }));
  });

  it.each([
    [() => A.permute([0, 1]), 'Mask.permute: inputs has 2 entries, expected 3: each of 0 to 2 once. Mask.slice takes a part'],
    [() => A.permute([0, 1, 3]), 'Mask.permute: inputs[2] is 3, expected a whole number from 0 to 2'],
    [() => A.permute(null, [1, 1]), 'Mask.permute: outputs[1] is 1, which stands at [0] already'],
    [() => A.permute('ab' as never), 'Mask.permute: inputs is "ab", expected an array that holds each of 0 to 2 once'],
  ])('says what is wrong with an order (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('slice', () => {
  const bound = fc.integer({ min: -9, max: 9 });
  it('is A[a:b, c:d]', () => {
    fc.assert(fc.property(matrix, bound, bound, bound, bound, (a, r0, r1, c0, c1) => {
      // Array.prototype.slice cuts and counts as NumPy does.
      const want = a.slice(r0, r1).map((row) => row.slice(c0, c1));
      if (want.length === 0 || want[0]?.length === 0) expect(() => Mask.from(a).slice([r0, r1], [c0, c1])).toThrow('which takes nothing of');
      else expect(checked(Mask.from(a).slice([r0, r1], [c0, c1]))).toEqual(want);
    }));
  });

  it('takes all of a side that is not given', () => {
    expect(A.slice().equals(A)).toBe(true);
    expect(A.slice([1]).toDrawing()).toBe('.X\nXX');
    expect(A.slice(null, [-1]).toDrawing()).toBe('.\nX\nX');
  });

  it('says what is wrong with a range', () => {
    expect(() => A.slice(0 as never, 2 as never)).toThrow('Mask.slice: inputs is 0, expected a pair [start, stop]. null takes all.');
    expect(() => A.slice([0.5, 2])).toThrow('Mask.slice: inputs: start is 0.5, expected a whole number');
    expect(() => A.slice(null, [2, 2])).toThrow('Mask.slice: outputs is [2, 2], which takes nothing of 2');
  });
});

describe('concat', () => {
  const blocks = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }));
  it('is numpy.concatenate along both axes', () => {
    fc.assert(fc.property(blocks.chain(([m, sizes]) => fc.tuple(...sizes.map((n) => rows(n, m)))), (parts) => {
      const [first, ...others] = parts.map((part) => Mask.from(part));
      expect(checked(first!.concat(others))).toEqual(parts.flat());
      const [left, ...right] = [first!, ...others].map((mask) => mask.transpose());
      expect(checked(left!.concat(right, 1).transpose())).toEqual(parts.flat());
    }));
  });

  it('takes one mask, and puts back what slice took apart', () => {
    expect(A.slice([0, 1]).concat(A.slice([1])).equals(A)).toBe(true);
    expect(A.slice(null, [0, 1]).concat(A.slice(null, [1]), 1).equals(A)).toBe(true);
  });

  it('says which shapes do not fit', () => {
    expect(() => A.concat(A.transpose())).toThrow('Mask.concat: this mask has shape [3, 2], another [2, 3]; along axis 0 their outputs must be equal');
    expect(() => A.concat([A, A.transpose()], 1)).toThrow('along axis 1 their inputs must be equal');
    expect(() => A.concat(A, 2 as never)).toThrow('Mask.concat: axis is 2, expected 0 (more inputs) or 1 (more outputs)');
    expect(() => A.concat([[1]] as never)).toThrow('Mask.concat: other is [1], expected a Mask');
  });
});
