/** Where the parts of a drawn matrix lie on the canvas, in device pixels: titles, labels, degree strips, the window of cells. */
import { unitTicksIn } from '../ticks.js';
import type { UnitNames } from '../matrix-view.js';
import type { Label, Measure } from '../matrix-scene.js';
import { clip } from '../payload.js';
import { shownPixels, startOfTile, tileOfUnit, unitsOfTile, visibleTiles, type Axis } from './axis.js';
import type { Camera } from './camera.js';
import type { Order } from './orders.js';

export interface Margins {
  /** The upper left corner of the cells. */
  readonly x: number;
  readonly y: number;
  /** Beyond the cells. */
  readonly right: number;
  readonly bottom: number;
  /** The strips: height above the cells, width beside them; 0 without. */
  readonly strip: number;
  /** Names of outputs are turned. */
  readonly turned: boolean;
}

export const FONT = 11;
const GAP = 6;
const MAX_NAME = 18;
export const STRIP = 34;

interface Subject {
  readonly inputs: number;
  readonly outputs: number;
  readonly names: UnitNames;
}

/** @param columnSize device pixels of a column, which decide whether names fit side by side */
export function marginsFor({ inputs, outputs, names }: Subject, scale: number, columnSize: number, measure: Measure): Margins {
  const font = FONT * scale;
  const gap = GAP * scale;
  const widest = (texts: readonly string[]): number => texts.slice(0, 2000).reduce((most, text) => Math.max(most, measure(text, font)), 0);
  const rowLabels = widest(names.inputs?.map(short) ?? [String(Math.max(0, inputs - 1))]);
  const columnNames = names.outputs?.map(short);
  const columnWidth = columnNames ? widest(columnNames) : 0;
  const turned = columnNames !== undefined && columnWidth > columnSize * 0.95;
  const strip = inputs > 0 && outputs > 0 ? STRIP * scale : 0;
  return {
    x: Math.ceil(font + 2 * gap + rowLabels),
    y: Math.ceil(font + 2 * gap + (turned ? columnWidth : font) + strip + (strip && gap)),
    right: Math.ceil(strip + 2 * gap + measure(String(outputs), font) / 2),
    bottom: Math.ceil(2 * scale),
    strip,
    turned,
  };
}

const short = (name: string): string => clip(name, MAX_NAME);

/** Titles of the axes, and names or numbers of units that are in view. */
export function axisLabels({ inputs, outputs, names }: Subject, camera: Camera, margins: Margins, order: Order | undefined, colour: string, measure: Measure): Label[] {
  const { rows, columns, scale } = camera;
  const { x, y, strip, turned } = margins;
  const font = FONT * scale;
  const gap = GAP * scale;
  const style = { size: font, colour };
  const top = y - strip - (strip && gap);
  const columnGap = names.outputs ? (turned ? font * 1.25 : 0) : measure(String(outputs), font) + 8 * scale;
  return [
    { text: outputs === 1 ? '1 output' : `${outputs} outputs →`, x, y: font, anchor: 'start', ...style },
    { text: inputs === 1 ? '1 input' : `← ${inputs} inputs`, x: font, y, anchor: 'end', turned: true, ...style },
    ...ticksOf(rows, font * 1.25, order?.rows, names.inputs).map(({ at, text }): Label => ({ text, x: x - gap, y: y + at + font * 0.36, anchor: 'end', ...style })),
    ...ticksOf(columns, columnGap, order?.columns, names.outputs).map(({ at, text }): Label => turned
      ? { text, x: x + at + font * 0.36, y: top - gap, anchor: 'start', turned: true, ...style }
      : { text, x: x + at, y: top - gap, anchor: 'middle', ...style }),
  ];
}

function ticksOf(axis: Axis, gap: number, order: Uint32Array | undefined, names: readonly string[] | undefined): { readonly at: number; readonly text: string }[] {
  const { first, end } = visibleTiles(axis);
  const units = { first: unitsOfTile(axis, first).first, end: unitsOfTile(axis, Math.max(first, end - 1)).end };
  return unitTicksIn(units.first, units.end, axis.size / axis.per, gap).flatMap((place) => {
    const at = startOfTile(axis, tileOfUnit(axis, place)) + axis.size / 2;
    const unit = order?.[place] ?? place;
    return at < 0 || at > shownPixels(axis) ? [] : [{ at, text: names ? short(names[unit] ?? '') : String(unit) }];
  });
}
