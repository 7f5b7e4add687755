/** What pointer and keys do to a mask, as a pure function of what went before: strokes, rectangles, lines, selections. */
import type { Area, Operation } from './operations.js';
import { trace, type Cell } from './trace.js';

export type Tool = 'draw' | 'rectangle' | 'row' | 'column';

export type Gesture =
  | { readonly kind: 'idle' }
  /** Tiles that the pointer passed; all of them become `on`. */
  | { readonly kind: 'stroke'; readonly on: boolean; readonly tiles: readonly Cell[] }
  /** A rectangle that is being dragged. */
  | { readonly kind: 'rectangle'; readonly anchor: Area; readonly head: Area; readonly hasMoved: boolean }
  /** The first corner is set, the second is to be clicked. */
  | { readonly kind: 'corner'; readonly anchor: Area; readonly head: Area }
  /** Chosen by Shift and the arrow keys; Enter applies it, and fills stay inside of it. */
  | { readonly kind: 'selection'; readonly anchor: Area; readonly head: Area };

export type GestureEvent =
  | { readonly type: 'press'; readonly tile: Cell; readonly shift: boolean }
  | { readonly type: 'drag'; readonly tile: Cell }
  | { readonly type: 'release' }
  /** Space, or Enter, at the cursor. */
  | { readonly type: 'apply'; readonly tile: Cell }
  /** Shift and an arrow key took the cursor from one tile to another. */
  | { readonly type: 'extend'; readonly from: Cell; readonly to: Cell }
  | { readonly type: 'cancel' };

/** What a gesture needs to know of the mask as it is drawn: a tile is one cell, or several where not every cell has a pixel. */
export interface Board {
  readonly inputs: number;
  readonly outputs: number;
  /** Cells per tile. */
  readonly down: number;
  readonly across: number;
  hasConnection(area: Area): boolean;
}

export interface Step {
  readonly gesture: Gesture;
  /** To be done now. */
  readonly operation?: Operation;
}

export const IDLE: Gesture = { kind: 'idle' };

export function step(gesture: Gesture, event: GestureEvent, tool: Tool, board: Board): Step {
  switch (event.type) {
    case 'press':
      return press(gesture, event.tile, event.shift ? 'rectangle' : tool, board);
    case 'drag':
      return { gesture: drag(gesture, event.tile, board) };
    case 'release':
      return release(gesture, board);
    case 'apply':
      return applyAt(gesture, event.tile, tool, board);
    case 'extend': {
      const anchor = gesture.kind === 'selection' ? gesture.anchor : areaOfTile(event.from, board);
      return { gesture: { kind: 'selection', anchor, head: areaOfTile(event.to, board) } };
    }
    case 'cancel':
      return { gesture: IDLE };
  }
}

function press(gesture: Gesture, tile: Cell, tool: Tool, board: Board): Step {
  const area = areaOfTile(tile, board);
  switch (tool) {
    case 'draw':
      // Drawing takes the opposite of the cell that it begins at.
      return { gesture: { kind: 'stroke', on: !board.hasConnection(area), tiles: [tile] } };
    case 'rectangle':
      if (gesture.kind === 'corner') return rectangle(gesture.anchor, area, board);
      return { gesture: { kind: 'rectangle', anchor: area, head: area, hasMoved: false } };
    case 'row':
    case 'column':
      return { gesture: IDLE, operation: lineAt(tile, tool, board) };
  }
}

function drag(gesture: Gesture, tile: Cell, board: Board): Gesture {
  switch (gesture.kind) {
    case 'stroke': {
      const last = gesture.tiles.at(-1) ?? tile;
      const passed = trace(last, tile).slice(1);
      return passed.length === 0 ? gesture : { ...gesture, tiles: [...gesture.tiles, ...passed] };
    }
    case 'rectangle': {
      const head = areaOfTile(tile, board);
      return { ...gesture, head, hasMoved: gesture.hasMoved || head.top !== gesture.anchor.top || head.left !== gesture.anchor.left };
    }
    case 'corner':
      return { ...gesture, head: areaOfTile(tile, board) };
    case 'idle':
    case 'selection':
      return gesture;
  }
}

function release(gesture: Gesture, board: Board): Step {
  if (gesture.kind === 'stroke') return { gesture: IDLE, operation: paint(gesture.tiles, gesture.on, board) };
  if (gesture.kind !== 'rectangle') return { gesture };
  // A click sets a corner: who cannot drag clicks the other one.
  if (!gesture.hasMoved) return { gesture: { kind: 'corner', anchor: gesture.anchor, head: gesture.anchor } };
  return rectangle(gesture.anchor, gesture.head, board);
}

function applyAt(gesture: Gesture, tile: Cell, tool: Tool, board: Board): Step {
  const area = areaOfTile(tile, board);
  if (gesture.kind === 'selection') return rectangle(gesture.anchor, gesture.head, board);
  if (gesture.kind === 'corner') return rectangle(gesture.anchor, area, board);
  if (tool === 'rectangle') return { gesture: { kind: 'corner', anchor: area, head: area } };
  if (tool === 'draw') return { gesture: IDLE, operation: paint([tile], !board.hasConnection(area), board) };
  return { gesture: IDLE, operation: lineAt(tile, tool, board) };
}

/** The whole of a gesture becomes the opposite of the cell that it begins at. */
const rectangle = (anchor: Area, head: Area, board: Board): Step => ({ gesture: IDLE, operation: { kind: 'rectangle', on: !board.hasConnection(anchor), area: around(anchor, head) } });

function lineAt(tile: Cell, axis: 'row' | 'column', board: Board): Operation {
  const { top, left, bottom, right } = areaOfTile(tile, board);
  if (axis === 'row' && top === bottom) return { kind: 'line', axis, index: top };
  if (axis === 'column' && left === right) return { kind: 'line', axis, index: left };
  const area = axis === 'row' ? { top, bottom, left: 0, right: board.outputs - 1 } : { top: 0, bottom: board.inputs - 1, left, right };
  return { kind: 'rectangle', on: !board.hasConnection(area), area };
}

function paint(tiles: readonly Cell[], on: boolean, board: Board): Operation {
  const seen = new Set<string>();
  const rows: number[] = [];
  const columns: number[] = [];
  for (const tile of tiles) {
    const key = `${tile.row},${tile.column}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { top, left, bottom, right } = areaOfTile(tile, board);
    for (let i = top; i <= bottom; i++) {
      for (let j = left; j <= right; j++) {
        rows.push(i);
        columns.push(j);
      }
    }
  }
  return { kind: 'paint', on, rows: Uint32Array.from(rows), columns: Uint32Array.from(columns) };
}

export function areaOfTile({ row, column }: Cell, { down, across, inputs, outputs }: Pick<Board, 'down' | 'across' | 'inputs' | 'outputs'>): Area {
  return { top: row * down, left: column * across, bottom: Math.min(inputs, (row + 1) * down) - 1, right: Math.min(outputs, (column + 1) * across) - 1 };
}

/** The smallest area that holds both. */
export const around = (a: Area, b: Area): Area => ({ top: Math.min(a.top, b.top), left: Math.min(a.left, b.left), bottom: Math.max(a.bottom, b.bottom), right: Math.max(a.right, b.right) });
