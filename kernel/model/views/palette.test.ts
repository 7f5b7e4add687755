import { describe, expect, it } from 'vitest';
import { contrast, hex, luminance, mix, ramp, rgb, type Rgb } from './colour.js';
import { densityColour, inkOn, paletteFor, weightColour, type ThemeKind } from './palette.js';

const KINDS: ThemeKind[] = ['light', 'dark', 'high-contrast-dark', 'high-contrast-light'];
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Deuteranopia, Machado, Oliveira & Fernandes 2009, severity 1, on linear values; good enough to tell hues apart. */
function deuteranope([r, g, b]: Rgb): Rgb {
  return [0.367322 * r + 0.860646 * g - 0.227968 * b, 0.280085 * r + 0.672501 * g + 0.047413 * b, -0.01182 * r + 0.04294 * g + 0.968881 * b];
}

describe('colour', () => {
  it('turns into text and back', () => expect(hex(rgb('#0a1Bff'))).toBe('#0a1bff'));
  it('mixes and runs through stops, clamped', () => {
    expect(mix([0, 0, 0], [200, 100, 50], 0.5)).toEqual([100, 50, 25]);
    const stops: Rgb[] = [[0, 0, 0], [100, 100, 100], [255, 0, 0]];
    expect([-1, 0, 0.5, 0.75, 1, 2].map((at) => ramp(stops, at))).toEqual([[0, 0, 0], [0, 0, 0], [100, 100, 100], [178, 50, 50], [255, 0, 0], [255, 0, 0]]);
  });
  it('has the contrast of WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast(rgb('#767676'), [255, 255, 255])).toBeCloseTo(4.54, 2);
  });
});

describe.each(KINDS)('the %s palette', (kind) => {
  const palette = paletteFor(kind);
  const { background, diverging, absent } = palette;
  const zero = weightColour(palette, 0, 1);

  it('has text of at least 4.5:1', () => {
    for (const text of [palette.text, palette.muted]) expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
  });

  it('has curves, connections and borders of at least 3:1', () => {
    for (const colour of [...palette.runs, palette.connected, palette.border]) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3);
  });

  it('has on the ground of missing connections: hatch, connections few and many, the ends of weights, of at least 3:1', () => {
    for (const colour of [palette.hatch, palette.connected, ...palette.density, diverging[0]!, diverging.at(-1)!]) expect(contrast(colour, absent)).toBeGreaterThanOrEqual(3);
    for (const colour of [palette.strip, palette.warning, palette.changed, palette.border]) expect(contrast(colour, background)).toBeGreaterThanOrEqual(3);
  });

  it('starts a quarter up its ramp of density: a lone connection is no shade of nothing', () => {
    const whole = Math.abs(luminance(palette.density.at(-1)!) - luminance(absent));
    expect(Math.abs(luminance(densityColour(palette, 1, 10_000)) - luminance(absent)) / whole).toBeGreaterThanOrEqual(0.15);
    expect(distance(densityColour(palette, 1, 10_000), absent) / distance(palette.density.at(-1)!, absent)).toBeGreaterThanOrEqual(0.25);
  });

  it('tells apart: no connection, a weight of 0, a connection', () => {
    for (const [a, b] of [[absent, zero], [absent, palette.connected], [absent, palette.hatch], [zero, palette.notFinite]] as const) {
      expect(distance(a, b)).toBeGreaterThan(22);
    }
  });

  it('grows with |w| away from 0, on both sides, up to ends that a colour-blind reader tells apart', () => {
    const steps = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1].map((weight) => luminance(weightColour(palette, weight, 1)));
    const towards = kind.endsWith('dark') ? 1 : -1;
    for (let at = 3; at < 6; at++) expect(towards * (steps[at + 1]! - steps[at]!)).toBeGreaterThan(0);
    for (let at = 3; at > 0; at--) expect(towards * (steps[at - 1]! - steps[at]!)).toBeGreaterThan(0);
    const [low, high] = [diverging[1]!, diverging.at(-2)!];
    expect(distance(deuteranope(low), deuteranope(high))).toBeGreaterThan(60);
  });

  it('shows one connection among many', () => {
    expect(distance(densityColour(palette, 1, 1000), absent)).toBeGreaterThan(60);
    expect(densityColour(palette, 1000, 1000)).toEqual(palette.density.at(-1));
    expect(densityColour(palette, 1, 1)).toEqual(palette.density.at(-1));
  });

  it('has ends at the limit and a colour of its own for NaN', () => {
    expect(weightColour(palette, -2, 2)).toEqual(diverging[0]);
    expect(weightColour(palette, 99, 2)).toEqual(diverging.at(-1));
    expect(weightColour(palette, NaN, 2)).toEqual(palette.notFinite);
  });

  it('writes on every weight so that it can be read', () => {
    for (let weight = -1; weight <= 1; weight += 0.05) {
      const fill = weightColour(palette, weight, 1);
      expect(contrast(inkOn(fill), fill)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it('follows the background of the theme, and keeps captions legible on it', () => {
  const background = rgb('#fdf6e3');
  const solarized = paletteFor('light', { background, text: rgb('#586e75') });
  expect(solarized.background).toEqual(background);
  expect(contrast(solarized.muted, background)).toBeGreaterThanOrEqual(4.5);
  expect(paletteFor('dark', { background: rgb('#002b36'), text: rgb('#eeeeee') }).absent).toEqual(rgb('#002b36'));
});
