/** The strokes that say "no connection": at 45°, cut to an area. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

/** @param gap pixels between strokes */
export function hatchStrokes({ x, y, width, height }: Area, gap: number): Stroke[] {
  const step = gap * Math.SQRT2;
  const strokes: Stroke[] = [];
  // Stroke k runs up from (k, height) to (k + height, 0).
  for (let k = -height + step / 2; k < width; k += step) {
    const from = Math.max(0, k);
    const to = Math.min(width, k + height);
    if (to > from) strokes.push([x + from, y + height - (from - k), x + to, y + height - (to - k)]);
  }
  return strokes;
}
