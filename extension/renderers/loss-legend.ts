/** The legend of loss curves: a sample of each line. */
import { hex } from '../../kernel/model/views/colour.js';
import { lossSeries } from '../../kernel/model/views/loss-series.js';
import type { LossView } from '../../kernel/model/views/loss-view.js';
import type { Palette } from '../../kernel/model/views/palette.js';
import { make } from './dom.js';

export function lossLegend(view: LossView, palette: Palette): HTMLElement[] {
  const series = lossSeries(view, palette);
  const lines = series.map(({ kind, label, colour }) =>
    item(label, make('span', { width: '26px', height: '0', 'border-top': `${kind === 'steps' ? 1 : 2}px ${kind === 'validation' ? 'dashed' : 'solid'} ${hex(colour)}` })),
  );
  const hasBest = view.runs.some(({ best }) => best?.of === 'validation');
  const ring = { width: '10px', height: '10px', 'border-radius': '50%', 'box-sizing': 'border-box', border: `2px solid ${hex(palette.muted)}` };
  return [...lines, ...(hasBest ? [item('best validation', make('span', ring))] : [])];
}

function item(label: string, sample: HTMLElement): HTMLElement {
  const box = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '6px', 'line-height': '16px' });
  box.append(sample, make('span', {}, label));
  return box;
}
