import { expect, it } from 'vitest';
import { SecondClick } from './second-click.js';

it('opens a row with the second of two clicks, and with every later one', () => {
  const clicks = new SecondClick();
  clicks.choose('a');
  expect(clicks.activate('a')).toBe(false);
  expect(clicks.activate('a')).toBe(true);
  expect(clicks.activate('a')).toBe(true);
});

it('counts anew on another row', () => {
  const clicks = new SecondClick();
  clicks.choose('a');
  clicks.activate('a');
  clicks.choose('b');
  expect(clicks.activate('b')).toBe(false);
  expect(clicks.activate('b')).toBe(true);
});

it('opens a row that was chosen by keyboard before', () => {
  const clicks = new SecondClick();
  clicks.choose('a');
  clicks.choose('b');
  expect(clicks.activate('a')).toBe(true);
});
