import { describe, expect, it } from 'vitest';
import { exampleOf } from './examples.js';

const notebook = (...cells: [type: string, source: string | string[]][]) => JSON.stringify({ cells: cells.map(([cell_type, source]) => ({ cell_type, source })) });

describe('exampleOf', () => {
  it.each([
    ['the first heading', notebook(['code', '# not this'], ['markdown', ['Words.\n', '## The first mask \n', '# later']]), 'The first mask'],
    ['a source in one piece', notebook(['markdown', '# A title\nand words']), 'A title'],
    ['the file name without a heading', notebook(['markdown', 'no heading #']), 'first-mask'],
    ['the file name of a damaged notebook', '{"cells": [', 'first-mask'],
    ['the file name of another JSON file', '[1]', 'first-mask'],
  ])('%s', (_name, text, title) => {
    expect(exampleOf('first-mask.ipynb', text)).toEqual({ file: 'first-mask.ipynb', title });
  });
});
