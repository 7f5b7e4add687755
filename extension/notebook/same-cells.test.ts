import { describe, expect, it } from 'vitest';
import { haveSameCells } from './same-cells.js';

const cells = (...ids: (string | undefined)[]) => ids.map((id) => ({ metadata: id === undefined ? {} : { id } }));

describe('haveSameCells', () => {
  it.each([
    ['equal ids', cells('a', 'b'), cells('a', 'b'), true],
    ['a cell that got its id when it was saved', cells('a', undefined), cells('a', 'b'), true],
    ['another number of cells', cells('a'), cells('a', 'b'), false],
    ['another order', cells('a', 'b'), cells('b', 'a'), false],
    ['no ids at all: nothing proves it', cells(undefined), cells(undefined), false],
    ['two empty notebooks', cells(), cells(), false],
  ])('%s', (_name, a, b, same) => {
    expect(haveSameCells(a, b)).toBe(same);
    expect(haveSameCells(b, a)).toBe(same);
  });
});
