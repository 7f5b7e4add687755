/** Colours as numbers, so that one ramp serves pixels, canvas, SVG and style sheets. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb` -> numbers. */
export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export const hex = ([red, green, blue]: Rgb): string => `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`;

/** `part` of b over a. */
export const mix = (a: Rgb, b: Rgb, part: number): Rgb => [
  Math.round(a[0] + (b[0] - a[0]) * part),
  Math.round(a[1] + (b[1] - a[1]) * part),
  Math.round(a[2] + (b[2] - a[2]) * part),
];

/** Piecewise linear through the stops; `at` is clamped to 0…1. */
export function ramp(stops: readonly Rgb[], at: number): Rgb {
  const position = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const low = Math.min(Math.floor(position), stops.length - 2);
  return mix(stops[low] ?? [0, 0, 0], stops[low + 1] ?? [0, 0, 0], position - low);
}

/** Relative luminance, WCAG 2.2. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** Contrast ratio, WCAG 2.2: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}
