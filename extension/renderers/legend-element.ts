/** The legend of a matrix as elements. */
import { hex } from '../../kernel/model/views/colour.js';
import type { LegendItem } from '../../kernel/model/views/matrix-legend.js';
import type { Palette } from '../../kernel/model/views/palette.js';
import { make } from './dom.js';

const RAMP = 150;

export const legendElements = (items: readonly LegendItem[], palette: Palette): HTMLElement[] =>
  items.map((item) => (item.kind === 'ramp' ? rampElement(item, palette) : swatchElement(item, palette)));

function rampElement({ colours, ticks, label }: Extract<LegendItem, { kind: 'ramp' }>, palette: Palette): HTMLElement {
  const box = make('div', { display: 'flex', gap: '8px', 'padding-left': '14px', 'padding-right': '14px' });
  const scale = make('div', { position: 'relative', width: `${RAMP}px`, height: '27px' });
  scale.append(
    make('div', { height: '11px', 'box-sizing': 'border-box', border: `1px solid ${hex(palette.border)}`, background: `linear-gradient(to right, ${colours.join(', ')})` }),
    ...ticks.map(({ at, label: text }) =>
      make('span', { position: 'absolute', top: '13px', left: `${at * RAMP}px`, transform: 'translateX(-50%)', 'white-space': 'nowrap', 'line-height': '14px' }, text),
    ),
  );
  box.append(scale, make('span', { 'line-height': '12px' }, label));
  return box;
}

function swatchElement({ fill, mark, label }: Extract<LegendItem, { kind: 'swatch' }>, palette: Palette): HTMLElement {
  const box = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '6px', 'line-height': '14px' });
  const sample = make('span', {
    display: 'inline-flex',
    'align-items': 'center',
    'justify-content': 'center',
    width: '14px',
    height: '14px',
    'box-sizing': 'border-box',
    border: `1px solid ${hex(palette.border)}`,
    'background-color': fill,
    ...(mark === 'hatch' && { 'background-image': `repeating-linear-gradient(135deg, transparent 0 2.6px, ${hex(palette.hatch)} 2.6px 4px)` }),
  });
  sample.setAttribute('aria-hidden', 'true');
  if (mark === 'dot') sample.append(make('span', { width: '4px', height: '4px', 'border-radius': '50%', background: dotInk(palette) }));
  if (mark === 'square' || mark === 'hollow') sample.append(make('span', { width: '8px', height: '8px', 'box-sizing': 'border-box', border: `2px solid ${hex(palette.text)}`, background: mark === 'square' ? hex(palette.text) : 'none' }));
  if (mark === 'cross') sample.append(make('span', { color: '#ffffff', 'font-size': '12px', 'line-height': '12px' }, '×'));
  box.append(sample, make('span', {}, label));
  return box;
}

const dotInk = (palette: Palette): string => (palette.kind.endsWith('dark') ? '#ffffff' : '#000000');
