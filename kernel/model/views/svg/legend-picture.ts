/** The legend of a matrix as SVG, wrapped into rows. */
import { hex } from '../colour.js';
import type { LegendItem } from '../matrix-legend.js';
import type { Palette } from '../palette.js';
import { element } from './markup.js';
import { measureText, svgText } from './text.js';

const FONT = 11;
const SWATCH = 14;
const RAMP = 150;
const ROW = 34;
const GAP = 22;

export function legendPicture(items: readonly LegendItem[], palette: Palette, width: number): { readonly markup: string; readonly height: number } {
  let x = 0;
  let y = 0;
  const parts: string[] = [];
  for (const item of items) {
    const needed = itemWidth(item);
    if (x > 0 && x + needed > width) {
      x = 0;
      y += ROW;
    }
    parts.push(item.kind === 'ramp' ? rampMarkup(item, palette, x, y) : swatchMarkup(item, palette, x, y));
    x += needed + GAP;
  }
  return { markup: (items.some((item) => item.kind === 'swatch' && item.mark === 'hatch') ? hatch(palette) : '') + parts.join(''), height: y + ROW };
}

const itemWidth = (item: LegendItem): number =>
  item.kind === 'ramp' ? RAMP + 22 + measureText(item.label, FONT) : SWATCH + 6 + measureText(item.label, FONT);

const text = (words: string, x: number, y: number, palette: Palette, anchor: 'start' | 'middle' | 'end' = 'start'): string =>
  svgText({ text: words, x, y, anchor, size: FONT, colour: hex(palette.text) });

/** A pattern of its own: the matrix may be drawn without one. */
const hatch = (palette: Palette): string =>
  element('defs', {}, element('pattern', { id: 'legend-hatch', width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, element('rect', { width: 1.3, height: 4, fill: hex(palette.hatch) })));

function swatchMarkup(item: Extract<LegendItem, { kind: 'swatch' }>, palette: Palette, x: number, y: number): string {
  const box = { x: x + 0.5, y: y + 0.5, width: SWATCH, height: SWATCH };
  const middle = { x: box.x + SWATCH / 2, y: box.y + SWATCH / 2 };
  const marks = {
    none: '',
    hatch: element('rect', { ...box, fill: 'url(#legend-hatch)' }),
    dot: element('circle', { cx: middle.x, cy: middle.y, r: 2, fill: '#000000' }),
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
  const id = `ramp${item.colours.join('').replaceAll('#', '-')}`;
  const left = x + 8;
  const stops = item.colours.map((colour, at) => element('stop', { offset: at / (item.colours.length - 1), 'stop-color': colour })).join('');
  const { ticks } = item;
  return [
    element('defs', {}, element('linearGradient', { id }, stops)),
    element('rect', { x: left, y: y + 0.5, width: RAMP, height: SWATCH - 3, fill: `url(#${id})`, stroke: hex(palette.border) }),
    text(item.label, left + RAMP + 8, y + 10, palette),
    ...ticks.map(({ at, label }) => text(label, left + at * RAMP, y + 24, palette, 'middle')),
  ].join('');
}
