/**
 * The fixed palettes of the views, one for each kind of theme.
 *
 * Background and text come from the theme; ramps do not, because a theme's hues are not ordered by lightness. Warm is negative,
 * blue is positive: told apart with every common colour vision deficiency. On a light theme a weight of 0 is near white and a
 * missing connection is grey; on a dark one |w| is brightness above a visible floor and a missing connection is the background.
 */
import { contrast, hex, mix, ramp, rgb, type Rgb } from './colour.js';

export type ThemeKind = 'light' | 'dark' | 'high-contrast-dark' | 'high-contrast-light';

export interface Palette {
  readonly kind: ThemeKind;
  readonly background: Rgb;
  readonly text: Rgb;
  /** Axis labels, captions: at least 4.5:1 on the background. */
  readonly muted: Rgb;
  /** No connection: the fill, and the strokes of its hatch. */
  readonly absent: Rgb;
  readonly hatch: Rgb;
  readonly grid: Rgb;
  /** Around a matrix. */
  readonly border: Rgb;
  /** A connection in a mask. */
  readonly connected: Rgb;
  /** Few to many connections in a tile. */
  readonly density: readonly Rgb[];
  /** −limit to limit. */
  readonly diverging: readonly Rgb[];
  readonly notFinite: Rgb;
  /** Connections are somewhere here: the kernel is being asked where. */
  readonly coarse: Rgb;
  /** Bars of the degree strips. */
  readonly strip: Rgb;
  /** A unit without connections. */
  readonly warning: Rgb;
  /** The mark of an edit. */
  readonly changed: Rgb;
  /** Runs in a chart, in order. */
  readonly runs: readonly Rgb[];
}

export const isHighContrast = ({ kind }: Pick<Palette, 'kind'>): boolean => kind.startsWith('high-contrast');

const colours = (...list: string[]): readonly Rgb[] => list.map(rgb);

const RUNS_ON_LIGHT = colours('#1f6fb4', '#c8500b', '#1a7f58', '#a23f8a', '#7a6500', '#4b4fb8', '#8a5a3b', '#5b6770');
const RUNS_ON_DARK = colours('#5aa9e6', '#ff9d5c', '#4cc38a', '#e08ccb', '#d6c14a', '#9aa0ff', '#c99a78', '#a9b4bf');

const LIGHT: Palette = {
  kind: 'light',
  background: rgb('#ffffff'),
  text: rgb('#1f2328'),
  muted: rgb('#57606a'),
  absent: rgb('#e3e6ea'),
  hatch: rgb('#7a848e'),
  grid: rgb('#ffffff'),
  border: rgb('#8c959f'),
  connected: rgb('#1f5fa8'),
  density: colours('#4583bd', '#2f6aa8', '#1a4b85', '#08264f'),
  diverging: colours('#7f1d1d', '#c4473a', '#f0a48c', '#fbfaf8', '#9ac6e2', '#3a82ba', '#0d3a70'),
  notFinite: rgb('#c800c8'),
  coarse: rgb('#b9cbe0'),
  strip: rgb('#7a8793'),
  warning: rgb('#c62828'),
  changed: rgb('#b35900'),
  runs: RUNS_ON_LIGHT,
};

const DARK: Palette = {
  kind: 'dark',
  background: rgb('#1f1f1f'),
  text: rgb('#d4d4d4'),
  muted: rgb('#a0a0a0'),
  absent: rgb('#1f1f1f'),
  hatch: rgb('#6b6b70'),
  grid: rgb('#121212'),
  border: rgb('#6e6e74'),
  connected: rgb('#64aef0'),
  density: colours('#3f7ab0', '#5c9fd8', '#93c9f5', '#e3f3ff'),
  diverging: colours('#ffd0a0', '#f29447', '#a85f2c', '#4b4b51', '#2d6798', '#4aa0e6', '#b5dfff'),
  notFinite: rgb('#ff5cff'),
  coarse: rgb('#2c3b4d'),
  strip: rgb('#8b8f97'),
  warning: rgb('#ff6b6b'),
  changed: rgb('#ffb454'),
  runs: RUNS_ON_DARK,
};

const HIGH_CONTRAST_DARK: Palette = {
  ...DARK,
  kind: 'high-contrast-dark',
  background: rgb('#000000'),
  text: rgb('#ffffff'),
  muted: rgb('#e6e6e6'),
  absent: rgb('#000000'),
  hatch: rgb('#8a8a8a'),
  grid: rgb('#000000'),
  border: rgb('#ffffff'),
  connected: rgb('#ffffff'),
  density: colours('#4f86b8', '#7db4e6', '#b8dcff', '#ffffff'),
  diverging: colours('#ffe0c0', '#ff9f45', '#b8651f', '#5a5a5a', '#2f76b5', '#5cb4ff', '#d0ecff'),
};

const HIGH_CONTRAST_LIGHT: Palette = {
  ...LIGHT,
  kind: 'high-contrast-light',
  text: rgb('#000000'),
  muted: rgb('#292929'),
  absent: rgb('#ffffff'),
  hatch: rgb('#6e6e6e'),
  grid: rgb('#ffffff'),
  border: rgb('#000000'),
  connected: rgb('#000000'),
  density: colours('#6389b2', '#3f6f9f', '#1a4673', '#000000'),
  diverging: colours('#5c0000', '#a8281e', '#d97b6a', '#c9c9c9', '#6a9fc8', '#1d639f', '#00274d'),
};

const PALETTES: Readonly<Record<ThemeKind, Palette>> = {
  light: LIGHT,
  dark: DARK,
  'high-contrast-dark': HIGH_CONTRAST_DARK,
  'high-contrast-light': HIGH_CONTRAST_LIGHT,
};

/** The palette of a kind of theme, on the theme's own background and text where they are given. */
export function paletteFor(kind: ThemeKind, theme: { readonly background?: Rgb; readonly text?: Rgb } = {}): Palette {
  const base = PALETTES[kind];
  const background = theme.background ?? base.background;
  const text = theme.text ?? base.text;
  // A dark theme's missing connection is its background, whatever that is.
  const absent = hex(base.absent) === hex(base.background) ? background : base.absent;
  const soft = mix(background, text, 0.72);
  const muted = contrast(base.muted, background) >= 4.5 ? base.muted : contrast(soft, background) >= 4.5 ? soft : text;
  return { ...base, background, text, absent, muted };
}

/** The colour of a live weight; −limit and limit are the ends of the ramp, 0 its middle. */
export const weightColour = (palette: Palette, weight: number, limit: number): Rgb =>
  Number.isFinite(weight) ? ramp(palette.diverging, stepped(0.5 + weight / (2 * limit))) : palette.notFinite;

/** The colour of a tile that holds `count` ≥ 1 connections of at most `most`: one connection is already visible. */
export const densityColour = (palette: Palette, count: number, most: number): Rgb =>
  ramp(palette.density, most <= 1 ? 1 : stepped(Math.log(count) / Math.log(most)));

/** 97 steps, 0.5 among them: the eye sees no difference, and a picture with few colours is a small file. */
const stepped = (at: number): number => Math.round(at * 96) / 96;

/** Weights of one step have one colour. */
export const weightStep = (weight: number, limit: number): number => Math.min(96, Math.max(0, Math.round((0.5 + weight / (2 * limit)) * 96)));

/** Black or white, whichever is read better on `fill`. */
export const inkOn = (fill: Rgb): Rgb => (contrast(fill, [0, 0, 0]) >= contrast(fill, [255, 255, 255]) ? [0, 0, 0] : [255, 255, 255]);
