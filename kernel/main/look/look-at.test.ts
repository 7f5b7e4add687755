import { describe, expect, it } from 'vitest';
import type { LookReply } from '../../model/look/look.js';
import { lookAtPath, type Looking } from './look-at.js';
import { isLikeMatrix } from './plain-matrix.js';
import type { Walk } from './walk.js';

const refuse = (): never => {
  throw new Error('code of the user was run');
};
const trap = new Proxy([[1]], { get: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse, has: refuse, ownKeys: refuse });
class Point {
  x = 1;
  get boom(): number {
    return refuse();
  }
}

function look(expression: string, variables: Record<string, unknown>): LookReply {
  const world: Walk & Looking = { has: (name) => Object.hasOwn(variables, name), get: (name) => variables[name], property: () => undefined, look: () => undefined };
  // SAFETY: what lookAtPath returns is one.
  return lookAtPath(expression, undefined, world) as LookReply;
}

describe('a look at a matrix', () => {
  it.each<[string, unknown, object]>([
    ['rows of 0 and 1', [[1, 0], [0, 1], [1, 1]], { inputs: 3, outputs: 2, nnz: 4 }],
    ['rows of booleans', [[true, false]], { inputs: 1, outputs: 2, nnz: 1 }],
    ['typed rows', [new Uint8Array([1, 0]), new Uint8Array([0, 0])], { inputs: 2, outputs: 2, nnz: 1 }],
    ['rows of floats', [[0.5, 0], [0, -3]], { nnz: 2 }],
    ['numbers with a shape', { shape: [2, 3], data: new Float32Array([1, 0, 0, 0, 0, 2]) }, { inputs: 2, outputs: 3, nnz: 2 }],
    ['edges', { shape: [2, 3], edges: [[0, 1], [1, 2]] }, { inputs: 2, outputs: 3, nnz: 2 }],
    ['coordinates', { shape: [2, 3], rows: [0, 1], cols: new Int32Array([1, 2]) }, { nnz: 2 }],
    ['CSR', { shape: [2, 3], indptr: [0, 2, 3], indices: [0, 2, 1] }, { nnz: 3, outDegree: { max: 2 } }],
    ['CSC', { shape: [3, 2], indptr: [0, 2, 3], indices: [0, 2, 1], format: 'csc' }, { nnz: 3, inDegree: { max: 2 } }],
  ])('%s', (_name, value, analysis) => {
    expect(look('x', { x: value })).toMatchObject({ status: 'drawn', look: { matrix: { analysis } } });
    expect(isLikeMatrix(value)).toBe(true);
  });

  it('says what counts as connected where values are not 0 and 1', () => {
    expect(look('x', { x: [[0.5, 0]] })).toMatchObject({ look: { matrix: { note: 'Every value that is not 0 counts as a connection.', mime: 'application/vnd.patchbay.kernel+json' } } });
  });

  it('goes the way to a value inside another', () => {
    expect(look('net.parts[1]', { net: { parts: [[[1]], [[1, 1]]] } })).toMatchObject({ status: 'drawn', look: { matrix: { analysis: { outputs: 2 } } } });
  });
});

describe('what is no mask is named', () => {
  it.each<[unknown, string]>([
    ['X.', '`x` is a string, not a mask. If it is a drawing of one, Mask.from(x) in a cell makes it a mask.'],
    [42, '`x` is a number, not a mask. Visualize Mask draws'],
    [null, '`x` is null, not a mask.'],
    [undefined, '`x` is undefined, not a mask. Run the cell that gives it a value.'],
    [function train() {}, '`x` is a function train, not a mask. Visualize the expression x(…)'],
    [Promise.resolve(), '`x` is a Promise, not a mask. In a cell, keep what it resolves to: const value = await x.'],
    [new Float32Array(6), '`x` is a Float32Array of 6, not a mask. Say its shape, [inputs, outputs]: Mask.from(x, { shape: [2, 3] }) in a cell.'],
    [[1, 2, 3], '`x` is an array of 3, not a mask.'],
    [[], '`x` is an empty array, not a mask.'],
    [new Map([[1, 2]]), '`x` is a Map of 1, not a mask.'],
    [{ a: 1 }, '`x` is an object, not a mask.'],
    [new Point(), '`x` is a Point, not a mask.'],
    [new Error('no'), '`x` is an Error, not a mask.'],
    [trap, '`x` is a Proxy, not a mask. Looking at a Proxy would run its code'],
    [[trap], '`x` is an array of 1, not a mask.'],
    [10n, '`x` is a bigint, not a mask.'],
    [[[1, 0], [1]], '`x` is an array whose row 1 has 1 entries, while row 0 has 2.'],
    [[[1, 'a']], '`x` is an array whose entry in row 0, column 1 is no number.'],
    [[[]], '`x` is an array of empty rows, and a mask has at least one output.'],
    [{ shape: [2, 3], data: [1] }, '`x` is an object of shape [2, 3], but with 1 numbers.'],
    [{ shape: [2, 3], edges: [[0, 3]] }, '`x` is a list of connections of which number 0 is none of shape [2, 3].'],
    [{ shape: [2, 3], edges: [[0, 1], [0, 1]] }, '`x` is a list of connections in which the one from 0 to 1 stands twice.'],
    [{ shape: [0, 3], data: [] }, '`x` is an object with a shape, but the number of rows (inputs) is 0'],
  ])('%#', (value, sentence) => {
    const reply = look('x', { x: value });
    expect(reply.status).toBe('noMask');
    expect('problem' in reply && reply.problem).toContain(sentence);
  });
});

describe('a way that leads nowhere', () => {
  const list = [1, 2];
  it.each<[string, string]>([
    ['y', 'There is no variable `y`: no cell that was run since the kernel started declares it.'],
    ['x.boom', '`x.boom` is a getter. Looking runs no code'],
    ['own.boom', '`own.boom` is a getter. Looking runs no code'],
    ['list[5]', '`list` has no `5`: it is an array of 2.'],
    ['x.x.y', '`x.x` is a number, and has no `y`.'],
    ['trap[0]', '`trap` is a Proxy. Looking into it would run its code'],
    ['x.nothing', '`x` has no `nothing`.'],
  ])('%s', (expression, sentence) => {
    const own = Object.defineProperty({}, 'boom', { get: refuse });
    const reply = look(expression, { x: new Point(), list, trap, own });
    expect(reply).toMatchObject({ status: 'gone' });
    expect('problem' in reply && reply.problem).toContain(sentence);
  });
});

it('other values are not like a matrix', () => {
  for (const value of [[1, 2], 'X', {}, trap, [['a']], [[]], { shape: [1] }, 5, null, new Float32Array(3)]) expect(isLikeMatrix(value)).toBe(false);
});
