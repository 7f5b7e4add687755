import { expect, it } from 'vitest';
import { fullMask } from '../../../test/support/masks.js';
import { maskView } from '../../../kernel/model/views/mask-view.js';
import { readPlace } from './read-place.js';

const view = maskView(fullMask(3, 20), { names: { inputs: ['a', 'b', 'c'] } });

it.each<[string, unknown]>([
  ['2, 17', { row: 2, column: 17 }],
  ['2 17', { row: 2, column: 17 }],
  ['b → 3', { row: 1, column: 3 }],
  ['3, 0', 'Two numbers: an input from 0 to 2, an output from 0 to 19'],
  ['1', 'Two numbers: an input from 0 to 2, an output from 0 to 19'],
  ['-1, 2', 'Two numbers: an input from 0 to 2, an output from 0 to 19'],
  ['', 'Two numbers: an input from 0 to 2, an output from 0 to 19'],
])('%j is a place, or what a place would be', (text, place) => expect(readPlace(text, view)).toEqual(place));
