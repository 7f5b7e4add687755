/** The legend of loss curves: a sample of each line. */
import { hex } from '../../../kernel/model/views/colour.js';
import { patienceOf } from '../../../kernel/model/views/loss/best.js';
import type { Series } from '../../../kernel/model/views/loss-series.js';
import { drawnRuns } from '../../../kernel/model/views/loss-series.js';
import type { LossView } from '../../../kernel/model/views/loss-view.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import { make } from '../dom.js';

export function lossLegend(view: LossView, series: readonly Series[], palette: Palette): HTMLElement[] {
  const lines = series.filter(({ raw }) => !raw).map((line) => item(line.label, sampleOf(line)));
  const runs = drawnRuns(view);
  const hasBest = runs.some(({ best, epochs }) => best && epochs > 1);
  const hasPatience = runs.length === 1 && runs.some((run) => patienceOf(run, { min: 0, max: Infinity }) !== undefined);
  const [first] = series;
  const ring = { width: '10px', height: '10px', 'border-radius': '50%', 'box-sizing': 'border-box', border: `2px solid ${hex(palette.muted)}` };
  const band = { width: '16px', height: '12px', 'box-sizing': 'border-box', border: `1px solid ${hex(palette.border)}`, background: hex(first?.colour ?? palette.muted), opacity: '0.35' };
  return [
    ...lines,
    ...(hasBest ? [item('best epoch', make('span', ring))] : []),
    ...(hasPatience ? [item('patience of early stopping', make('span', band))] : []),
  ];
}

function sampleOf({ kind, colour }: Series): HTMLElement {
  const line = make('span', { position: 'relative', width: '26px', height: '0', 'border-top': `${kind === 'steps' ? 1 : 2}px ${kind === 'validation' ? 'dashed' : 'solid'} ${hex(colour)}` });
  if (kind === 'validation') line.append(make('span', { position: 'absolute', left: '10px', top: '-4px', width: '6px', height: '6px', 'border-radius': '50%', background: hex(colour) }));
  return line;
}

function item(label: string, sample: HTMLElement): HTMLElement {
  const box = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '6px', 'line-height': '16px' });
  box.append(sample, make('span', {}, label));
  return box;
}
