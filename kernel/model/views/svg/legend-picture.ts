/** The legend of a matrix as SVG, wrapped into rows. */
import { hex, ramp, rgb } from '../colour.js';
import type { LegendItem } from '../matrix-legend.js';
import type { Palette } from '../palette.js';
import { hatch } from './hatch.js';
import { element } from './markup.js';
import { measureText, svgText } from './text.js';

const FONT = 11;
const SWATCH = 14;
const RAMP = 150;
const RAMP_ROW = 34;
const SWATCH_ROW = 24;
/** A ramp in steps, for the same reason as the steps of cells: few colours. */
const STEPS = 48;
const GAP = 22;

export function legendPicture(items: readonly LegendItem[], palette: Palette, width: number): { readonly markup: string; readonly height: number } {
  let x = 0;
  let y = 0;
  let row = 0;
  const parts: string[] = [];
  for (const item of items) {
    const needed = itemWidth(item);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += row;
      row = 0;
    }
    row = Math.max(row, item.kind === 'ramp' ? RAMP_ROW : SWATCH_ROW);
    parts.push(item.kind === 'ramp' ? rampMarkup(item, palette, x, y) : swatchMarkup(item, palette, x, y));
    x += needed + GAP;
  }
  return { markup: parts.join(''), height: y + row };
}

/** Room for the half of the first label that stands left of the ramp. */
const overhang = (item: Extract<LegendItem, { kind: 'ramp' }>): number => measureText(item.ticks[0]?.label ?? '', FONT) / 2;

const itemWidth = (item: LegendItem): number =>
  item.kind === 'ramp' ? overhang(item) + RAMP + 8 + measureText(item.label, FONT) : SWATCH + 6 + measureText(item.label, FONT);

const text = (words: string, x: number, y: number, palette: Palette, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
  svgText({ text: words, x, y, anchor, size: FONT, colour: hex(palette.text) });

function swatchMarkup(item: Extract<LegendItem, { kind: 'swatch' }>, palette: Palette, x: number, y: number): string {
  const box = { x: x + 0.5, y: y + 0.5, width: SWATCH, height: SWATCH };
  const middle = { x: box.x + SWATCH / 2, y: box.y + SWATCH / 2 };
  const marks = {
    none: '',
    hatch: hatch(box, 3.5, hex(palette.hatch)),
    dot: element('circle', { cx: middle.x, cy: middle.y, r: 2, fill: '#000000' }),
    square: element('rect', { x: box.x + 3, y: box.y + 3, width: 8, height: 8, fill: hex(palette.text) }),
    hollow: element('rect', { x: box.x + 3.5, y: box.y + 3.5, width: 7, height: 7, fill: 'none', stroke: hex(palette.text) }),
    cross: element('path', { d: `M${middle.x - 3} ${middle.y - 3}l6 6m0 -6l-6 6`, stroke: '#ffffff', 'stroke-width': 1.5, fill: 'none' }),
  };
  return [
    element('rect', { ...box, fill: item.fill }),
    marks[item.mark],
    element('rect', { ...box, fill: 'none', stroke: hex(palette.border) }),
    text(item.label, x + SWATCH + 6, y + 11.5, palette),
  ].join('');
}

function rampMarkup(item: Extract<LegendItem, { kind: 'ramp' }>, palette: Palette, x: number, y: number): string {
  const left = x + overhang(item);
  const { ticks } = item;
  const stops = item.colours.map(rgb);
  return [
    ...Array.from({ length: STEPS }, (_, step) => element('rect', { x: left + (step * RAMP) / STEPS, y: y + 0.5, width: RAMP / STEPS, height: SWATCH - 3, fill: hex(ramp(stops, step / (STEPS - 1))), 'shape-rendering': 'crispEdges' })),
    element('rect', { x: left, y: y + 0.5, width: RAMP, height: SWATCH - 3, fill: 'none', stroke: hex(palette.border) }),
    text(item.label, left + RAMP + 8, y + 10, palette),
    ...ticks.map(({ at, label }) => text(label, left + at * RAMP, y + 24, palette, 'middle')),
  ].join('');
}
