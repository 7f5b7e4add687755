import { describe, expect, it } from 'vitest';
import { fullMask, maskOf, sparseMask } from '../../../../test/support/masks.js';
import { fitCamera, zoomTo, type Place } from './camera.js';
import { MaskSource } from './mask-source.js';
import { moveCell } from './move-cell.js';

const WINDOW = { width: 640, height: 560, scale: 1 };
const ONE = { down: 1, across: 1 };
const source = new MaskSource(maskOf('X..X.', '.....', 'X...X'));
const camera = fitCamera(source, ONE, WINDOW);
const at = (row: number, column: number): Place => ({ row, column });
const move = (key: string, from: Place | undefined, ctrl = false): Place | undefined => moveCell({ key, ctrl }, from, camera, source);

describe('keys move the cursor', () => {
  it.each<[string, boolean, Place | undefined, Place | undefined]>([
    ['ArrowRight', false, undefined, at(0, 0)],
    ['ArrowRight', false, at(0, 0), at(0, 1)],
    ['ArrowLeft', false, at(0, 0), at(0, 0)],
    ['ArrowUp', false, at(2, 3), at(1, 3)],
    ['ArrowDown', false, at(2, 3), at(2, 3)],
    ['ArrowRight', true, at(0, 0), at(0, 3)],
    ['ArrowRight', true, at(0, 3), at(0, 3)],
    ['ArrowLeft', true, at(0, 4), at(0, 3)],
    ['ArrowDown', true, at(0, 0), at(2, 0)],
    ['ArrowUp', true, at(2, 0), at(0, 0)],
    ['ArrowUp', true, at(2, 4), at(2, 4)],
    ['Home', false, at(1, 3), at(1, 0)],
    ['End', false, at(1, 3), at(1, 4)],
    ['Home', true, at(1, 3), at(0, 0)],
    ['End', true, at(1, 3), at(2, 4)],
    ['PageDown', false, at(0, 2), at(2, 2)],
    ['PageUp', false, at(2, 2), at(0, 2)],
    ['End', false, undefined, at(0, 4)],
    ['a', false, at(0, 0), undefined],
    ['Tab', false, at(0, 0), undefined],
  ])('%s (Ctrl: %s) from %o to %o', (key, ctrl, from, to) => {
    expect(move(key, from, ctrl)).toEqual(to);
  });

  it('by tiles, where tiles are drawn', () => {
    const large = new MaskSource(sparseMask(10_000, 10_000, 3));
    const overview = fitCamera(large, ONE, WINDOW);
    const { per } = overview.rows;
    const step = (key: string, from: Place): Place | undefined => moveCell({ key, ctrl: false }, from, overview, large);
    expect(step('ArrowDown', at(5, 5))).toEqual(at(per, 5));
    expect(step('End', at(0, 0))).toEqual(at(0, 9_999));
    expect(step('ArrowDown', at(9_999, 0))?.row).toBe(Math.floor(9_999 / per) * per);
  });

  it('by a window', () => {
    const large = new MaskSource(fullMask(400, 4));
    const close = zoomTo(fitCamera(large, ONE, WINDOW), 1000, { x: 0, y: 0 });
    const page = moveCell({ key: 'PageDown', ctrl: false }, at(0, 0), close, large)?.row ?? 0;
    expect(page).toBe(Math.ceil(close.rows.room / close.rows.size) - 1);
  });

  it('nowhere in a matrix without cells', () => {
    const none = { inputs: 0, outputs: 3 };
    expect(moveCell({ key: 'ArrowDown', ctrl: false }, undefined, fitCamera(none, ONE, WINDOW), source)).toBeUndefined();
  });
});
