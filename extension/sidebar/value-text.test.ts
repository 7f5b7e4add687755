import { expect, it } from 'vitest';
import { textIn } from './value-text.js';

it.each([
  [{ 'text/plain': 'first\nsecond' }, 'first\nsecond'],
  [{ 'image/png': 'iVBO' }, 'a value of type image/png'],
  [{}, 'undefined'],
])('%j', (bundle, text) => {
  expect(textIn(bundle)).toBe(text);
});
