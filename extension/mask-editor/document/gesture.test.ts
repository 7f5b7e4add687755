import { describe, expect, it } from 'vitest';
import { IDLE, step, type Board, type Gesture, type GestureEvent, type Tool } from './gesture.js';

/** Connected where row and column are equal. */
const board: Board = {
  inputs: 6,
  outputs: 8,
  down: 1,
  across: 1,
  hasConnection: ({ top, left, bottom, right }) => Math.max(top, left) <= Math.min(bottom, right),
};
const coarse: Board = { ...board, down: 4, across: 4 };
const at = (row: number, column: number) => ({ row, column });
const press = (row: number, column: number, shift = false): GestureEvent => ({ type: 'press', tile: at(row, column), shift });
const drag = (row: number, column: number): GestureEvent => ({ type: 'drag', tile: at(row, column) });
const apply = (row: number, column: number): GestureEvent => ({ type: 'apply', tile: at(row, column) });
const release: GestureEvent = { type: 'release' };
const cancel: GestureEvent = { type: 'cancel' };

function play(tool: Tool, events: readonly GestureEvent[], on = board): { gesture: Gesture; operations: unknown[] } {
  let gesture: Gesture = IDLE;
  const operations: unknown[] = [];
  for (const event of events) {
    const next = step(gesture, event, tool, on);
    gesture = next.gesture;
    if (next.operation) operations.push(next.operation);
  }
  return { gesture, operations };
}

const paint = (on: boolean, ...cells: readonly (readonly [number, number])[]) => ({ kind: 'paint', on, rows: Uint32Array.from(cells, ([i]) => i), columns: Uint32Array.from(cells, ([, j]) => j) });
const rectangle = (on: boolean, top: number, left: number, bottom: number, right: number) => ({ kind: 'rectangle', on, area: { top, left, bottom, right } });

describe('gestures', () => {
  it.each<[string, Tool, readonly GestureEvent[], readonly unknown[]]>([
    ['a click on a missing connection', 'draw', [press(0, 1), release], [paint(true, [0, 1])]],
    ['a click on a connection', 'draw', [press(2, 2), release], [paint(false, [2, 2])]],
    ['a fast stroke, traced between two samples', 'draw', [press(0, 2), drag(0, 5), release], [paint(true, [0, 2], [0, 3], [0, 4], [0, 5])]],
    ['a stroke that begins on a connection disconnects, also what is not connected', 'draw', [press(1, 1), drag(1, 2), release], [paint(false, [1, 1], [1, 2])]],
    ['a stroke over itself counts a cell once', 'draw', [press(0, 2), drag(0, 3), drag(0, 2), release], [paint(true, [0, 2], [0, 3])]],
    ['a stroke that is cancelled', 'draw', [press(0, 2), drag(0, 5), cancel, release], []],
    ['a dragged rectangle', 'rectangle', [press(4, 5), drag(2, 1), release], [rectangle(true, 2, 1, 4, 5)]],
    ['a rectangle by two clicks', 'rectangle', [press(0, 0), release, press(1, 3), release], [rectangle(false, 0, 0, 1, 3)]],
    ['a rectangle by two presses of a key', 'rectangle', [apply(0, 1), apply(2, 3)], [rectangle(true, 0, 1, 2, 3)]],
    ['Shift drags a rectangle with any tool', 'draw', [press(0, 1, true), drag(2, 3), release], [rectangle(true, 0, 1, 2, 3)]],
    ['a first corner that is cancelled', 'rectangle', [apply(0, 1), cancel, apply(2, 3)], []],
    ['a selection', 'draw', [{ type: 'extend', from: at(0, 1), to: at(0, 2) }, { type: 'extend', from: at(0, 2), to: at(1, 2) }, apply(1, 2)], [rectangle(true, 0, 1, 1, 2)]],
    ['a key on a cell', 'draw', [apply(3, 3)], [paint(false, [3, 3])]],
    ['a row', 'row', [press(2, 7), release], [{ kind: 'line', axis: 'row', index: 2 }]],
    ['a column by key', 'column', [apply(2, 7)], [{ kind: 'line', axis: 'column', index: 7 }]],
  ])('%s', (_name, tool, events, operations) => {
    const played = play(tool, events);
    expect(played.operations).toEqual(operations);
  });

  it('take whole tiles where a tile is all that is drawn, cut at the edge', () => {
    expect(play('draw', [press(1, 1), release], coarse).operations).toEqual([paint(false, ...[4, 5].flatMap((i) => [4, 5, 6, 7].map((j) => [i, j] as const)))]);
    expect(play('row', [press(1, 0), release], coarse).operations).toEqual([rectangle(false, 4, 0, 5, 7)]);
    expect(play('rectangle', [press(0, 0), drag(0, 1), release], coarse).operations).toEqual([rectangle(false, 0, 0, 3, 7)]);
  });

  it('leave nothing behind once they are done', () => {
    for (const events of [[press(0, 2), drag(0, 5), release], [press(0, 1, true), drag(2, 3), release], [press(0, 2), cancel]]) expect(play('draw', events).gesture).toEqual(IDLE);
    expect(play('rectangle', [press(0, 0), release, drag(3, 3)]).gesture).toEqual({ kind: 'corner', anchor: { top: 0, left: 0, bottom: 0, right: 0 }, head: { top: 3, left: 3, bottom: 3, right: 3 } });
  });
});
