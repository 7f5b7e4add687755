import { element, round } from './markup.js';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Strokes at 45°, as one path: drawing it takes a tenth of the time of a pattern. */
export function hatch({ x, y, width, height }: Area, gap: number, colour: string): string {
  const step = gap * Math.SQRT2;
  const strokes: string[] = [];
  // Stroke k runs up from (k, height) to (k + height, 0), cut to the area.
  for (let k = -height + step / 2; k < width; k += step) {
    const from = Math.max(0, k);
    const to = Math.min(width, k + height);
    if (to > from) strokes.push(`M${round(x + from)} ${round(y + height - (from - k))}L${round(x + to)} ${round(y + height - (to - k))}`);
  }
  return element('path', { d: strokes.join(''), stroke: colour, 'stroke-width': 1.3, fill: 'none' });
}
