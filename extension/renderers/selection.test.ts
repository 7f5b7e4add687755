import { describe, expect, it, vi } from 'vitest';
import { clearPins, hover, onSelection, selectionOf, togglePin } from './selection.js';

const me = {};

describe('the selection of a page', () => {
  it('is heard by every view of the layer, and by no other', () => {
    const [same, other] = [vi.fn(), vi.fn()];
    const ends = [onSelection('a', same), onSelection('b', other)];
    hover('a', { row: 3 }, me);
    expect(same).toHaveBeenCalledExactlyOnceWith({ pins: [], hover: { layer: 'a', row: 3 } }, me);
    expect(other).not.toHaveBeenCalled();
    for (const end of ends) end();
  });

  it('is shared by bundles, each of which has this module for itself', async () => {
    const heard = vi.fn();
    const end = onSelection('shared', heard);
    vi.resetModules();
    const second = await import('./selection.js');
    second.togglePin('shared', { row: 1, column: 2 }, false, me);
    expect(second.togglePin).not.toBe(togglePin);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ pins: [{ layer: 'shared', row: 1, column: 2 }] }, me);
    end();
  });

  it('keeps pins while the pointer moves', () => {
    const end = onSelection('c', () => undefined);
    togglePin('c', { column: 1 }, false, me);
    hover('c', { row: 1, column: 1 }, me);
    hover('c', undefined, me);
    expect(selectionOf('c')).toEqual({ pins: [{ layer: 'c', column: 1 }] });
    end();
  });

  it('pins one, adds another, lets go of what is pinned', () => {
    const end = onSelection('d', () => undefined);
    const pins = (): unknown => selectionOf('d').pins.map(({ row, column }) => [row, column]);
    togglePin('d', { row: 1 }, false, me);
    togglePin('d', { row: 2 }, false, me);
    expect(pins()).toEqual([[2, undefined]]);
    togglePin('d', { row: 1, column: 1 }, true, me);
    expect(pins()).toEqual([[2, undefined], [1, 1]]);
    togglePin('d', { row: 2 }, true, me);
    expect(pins()).toEqual([[1, 1]]);
    togglePin('d', { row: 1, column: 1 }, false, me);
    expect(pins()).toEqual([]);
    end();
  });

  it('says whether there was something to clear', () => {
    togglePin('e', { row: 0 }, false, me);
    expect([clearPins('e', me), clearPins('e', me)]).toEqual([true, false]);
  });

  it('is forgotten with the last view of a layer', () => {
    const end = onSelection('f', () => undefined);
    togglePin('f', { row: 0 }, false, me);
    end();
    expect(selectionOf('f').pins).toEqual([]);
  });
});
