/** How live weights are spread: a bar for each bin; what is pinned in the matrix stands before the rest. */
import { hex } from '../../../kernel/model/views/colour.js';
import { formatCount, formatNumber, plural } from '../../../kernel/model/views/format.js';
import { weightColour, type Palette } from '../../../kernel/model/views/palette.js';
import { make, setStyles } from '../dom.js';
import type { Selection } from '../selection.js';
import { histogramData, type HistogramData } from './histogram-data.js';
import type { Subject, View } from './drawn.js';

const WIDTH = 205;
const HEIGHT = 44;

export class Histogram {
  readonly element = make('div', { display: 'none', 'font-size': '11px' });
  readonly #canvas = make('canvas');
  readonly #text = make('div', { 'line-height': '14px' });

  constructor() {
    this.#canvas.setAttribute('role', 'img');
    this.element.append(this.#canvas, this.#text);
  }

  drawOf(view: View, subject: Subject, pins: readonly Selection[], palette: Palette, scale: number): void {
    this.#draw(histogramData(view, subject, pins), palette, scale);
  }

  #draw(data: HistogramData | undefined, palette: Palette, scale: number): void {
    setStyles(this.element, { display: data && data.live > 0 ? 'block' : 'none' });
    const context = data && this.#canvas.getContext('2d');
    if (!data || !context) return;
    const { counts, pinned, limit, live, missing, quantity } = data;
    const width = Math.floor((WIDTH * scale) / counts.length);
    const height = HEIGHT * scale;
    this.#canvas.width = width * counts.length;
    this.#canvas.height = height;
    setStyles(this.#canvas, { display: 'block', width: `${(width * counts.length) / scale}px`, height: `${HEIGHT}px`, 'border-bottom': `1px solid ${hex(palette.border)}` });
    const most = Math.max(1, ...counts);
    const bar = (count: number): number => (count > 0 ? Math.max(2 * scale, Math.round((count / most) * height)) : 0);
    context.clearRect(0, 0, width * counts.length, height);
    counts.forEach((count, bin) => {
      const middle = ((bin + 0.5) / counts.length) * 2 * limit - limit;
      context.fillStyle = pinned ? hex(palette.absent) : hex(weightColour(palette, middle, limit));
      const tall = bar(count);
      const left = bin * width;
      context.fillRect(left, height - tall, width - 1, tall);
      // A bar near the middle of the ramp is as pale as the page.
      context.fillStyle = hex(palette.border);
      if (tall > 0) {
        context.fillRect(left, height - tall, width - 1, scale);
        context.fillRect(left, height - tall, Math.max(1, scale / 2), tall);
        context.fillRect(left + width - 1 - Math.max(1, scale / 2), height - tall, Math.max(1, scale / 2), tall);
      }
      const front = bar(pinned?.[bin] ?? 0);
      if (front > 0) {
        context.fillStyle = hex(weightColour(palette, middle, limit));
        context.fillRect(left, height - front, width - 1, front);
        context.fillStyle = hex(palette.text);
        context.fillRect(left, height - front, width - 1, scale);
      }
    });
    const of = pinned ? `${formatCount(pinned.reduce((sum, count) => sum + count, 0))} of ${plural(live, 'live value')} are pinned` : plural(live, 'live value');
    this.#text.textContent = `${of}, ${quantity} from ${formatNumber(-limit)} to ${formatNumber(limit)}${missing > 0 ? `; ${formatCount(missing)} missing connections are not counted` : ''}`;
    this.#canvas.setAttribute('aria-label', `Histogram of ${this.#text.textContent}; the fullest of ${counts.length} bins has ${formatCount(most)}.`);
  }
}
