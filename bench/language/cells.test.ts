import { describe, expect, it } from 'vitest';
import { notebookCells } from './cells.js';

describe('the notebook of the bench', () => {
  it('has as many cells as it says, each of which names the one before', () => {
    const cells = notebookCells(50);
    expect(cells).toHaveLength(50);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(50);
    cells.slice(1, -1).forEach(({ text }, index) => expect(text).toContain(`matMul(t${index})`));
    expect(cells.at(-1)?.text).toBe('t48.');
  });
});
