/** Items of a legend: a small drawing and what it says. */
import { make } from '../dom.js';
import { svg } from './svg-dom.js';

export function sampleItem(label: string, sample: SVGElement): HTMLElement {
  const box = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '6px', 'line-height': '16px' });
  box.append(svg('svg', { width: 28, height: 16, 'aria-hidden': 'true' }, sample), make('span', {}, label));
  return box;
}

export const lineSample = ({ colour, width, dash }: { readonly colour: string; readonly width: number; readonly dash: string | undefined }): SVGElement =>
  svg('path', { d: 'M0 8h28', fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash });
