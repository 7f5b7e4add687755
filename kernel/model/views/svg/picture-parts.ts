/** What the static pictures of charts and nets have in common: a heading, and a legend in rows. */
import { hex } from '../colour.js';
import type { Palette } from '../palette.js';
import { svgText } from './text.js';

export const MARGIN = 16;
export const FONT = 11;

/** A title, and below it lines of 16 pixels each. */
export const heading = (title: string, lines: readonly string[], palette: Palette): string =>
  [
    svgText({ text: title, x: MARGIN, y: MARGIN + 15, anchor: 'start', size: 16, colour: hex(palette.text) }),
    ...lines.map((text, at) => svgText({ text, x: MARGIN, y: MARGIN + 36 + 16 * at, anchor: 'start', size: FONT + 1, colour: hex(palette.muted) })),
  ].join('');

export interface Placed<Item> {
  readonly item: Item;
  readonly x: number;
}

const GAP = 20;

/** Items side by side, in as many rows as `width` asks for. */
export function inRows<Item>(items: readonly Item[], width: number, widthOf: (item: Item) => number): Placed<Item>[][] {
  const rows: Placed<Item>[][] = [];
  let x = Infinity;
  for (const item of items) {
    const needed = widthOf(item) + GAP;
    if (x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ item, x });
    x += needed;
  }
  return rows;
}
