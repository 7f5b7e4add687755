/** Everything that is drawn of a net, in pixels: one description for the page and for the static picture. */
import { hex, mix, contrast, type Rgb } from '../colour.js';
import { formatCount, plural } from '../format.js';
import { clip } from '../payload.js';
import { isHighContrast, weightColour, type Palette } from '../palette.js';
import type { Label, Measure } from '../matrix-scene.js';
import { byStrength, type NetworkEdge } from './edges.js';
import { networkLayout, type PlacedUnit } from './layout.js';
import { weightLimit, type NetworkView, type UnitPlace } from './network-view.js';
import { cutOffUnits } from './sentence.js';

export interface SceneNode extends UnitPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly isPinned: boolean;
  /** Lacks inputs or outputs. */
  readonly isCutOff: boolean;
  readonly fill: string;
  readonly stroke: string;
}

export interface SceneEdge {
  readonly edge: NetworkEdge;
  /** SVG path data. */
  readonly path: string;
  readonly colour: string;
  readonly width: number;
  /** Negative: dashed; 0 or without a weight: dotted or plain and thin. */
  readonly dash: string | undefined;
}

export interface NetworkScene {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly SceneNode[];
  /** Weak ones first, so that strong ones are drawn above them. */
  readonly edges: readonly SceneEdge[];
  /** Connections that do not exist, where both units are drawn; for teaching. */
  readonly ghosts: readonly string[];
  readonly labels: readonly Label[];
  /** True when the surroundings of pins stand for the whole net. */
  readonly isEgo: boolean;
}

const FONT = 11;
const MIN_COLUMN = 96;
const MAX_COLUMN = 190;
const TOP = 34;
const ROW = 30;
const MIN_ROW = 17;
const MAX_HEIGHT = 430;
const MAX_NAME = 16;
const THINNEST = 0.9;
const THICKEST = 6;
export const NEGATIVE_DASH = '6 3';
export const ZERO_DASH = '1.5 3';

/** @param pins the units whose surroundings are drawn where the whole net is too much */
export function networkScene(view: NetworkView, palette: Palette, room: number, measure: Measure, pins: readonly UnitPlace[]): NetworkScene {
  const layout = networkLayout(view, pins);
  const { columns } = layout;
  const edgesName = (at: 'first' | 'last'): number => {
    const column = at === 'first' ? 0 : columns - 1;
    return layout.units.reduce((most, unit) => (unit.column === column ? Math.max(most, measure(outerName(view, unit), FONT)) : most), 14);
  };
  const left = Math.max(edgesName('first') + 22, 56);
  const right = columns > 1 ? Math.max(edgesName('last') + 22, 56) : 56;
  const step = columns > 1 ? Math.min(MAX_COLUMN, Math.max(MIN_COLUMN, (room - left - right) / (columns - 1))) : 0;
  const arcs = layout.edges.some(({ from, to }) => layout.columnOf(to.group) - layout.columnOf(from.group) > 1);
  const row = Math.max(MIN_ROW, Math.min(ROW, MAX_HEIGHT / Math.max(1, layout.rows)));
  const body = Math.max(1, layout.rows) * row;
  const top = TOP + (arcs ? 26 : 0);
  const radius = Math.min(11, row * 0.38);
  const limit = weightLimit(view);
  const cutOff = new Set(cutOffUnits(view).map(({ place }) => nameOf(place)));
  const isPin = (place: UnitPlace): boolean => layout.isEgo && pins.some(({ group, unit }) => group === place.group && unit === place.unit);
  const warning = palette.runs[1] ?? palette.text;
  const nodes = layout.units.map((unit): SceneNode => {
    const isCutOff = cutOff.has(nameOf(unit));
    return {
      group: unit.group,
      unit: unit.unit,
      x: left + unit.column * step,
      y: top + body / 2 + unit.offset * row,
      radius,
      isPinned: isPin(unit),
      isCutOff,
      fill: hex(isPin(unit) ? palette.text : palette.background),
      stroke: hex(isCutOff ? warning : palette.text),
    };
  });
  const at = new Map(nodes.map((node) => [nameOf(node), node]));
  const edges = [...layout.edges].sort((a, b) => byStrength(b, a)).flatMap((edge): SceneEdge[] => {
    const from = at.get(nameOf(edge.from));
    const to = at.get(nameOf(edge.to));
    if (!from || !to) return [];
    const span = layout.columnOf(edge.to.group) - layout.columnOf(edge.from.group);
    return [{ edge, path: edgePath(from, to, span, top + body / 2, top), ...edgeStyle(edge.weight, limit, palette) }];
  });
  const muted = { size: FONT, colour: hex(palette.muted) };
  const labels: Label[] = [
    ...layout.units.flatMap((unit): Label[] => {
      const node = at.get(nameOf(unit));
      return node ? unitLabels(view, unit, node, columns, palette) : [];
    }),
    ...layout.groups.flatMap(({ group, column, first, count, more }): Label[] => {
      const x = left + column * step;
      const y = top + body / 2;
      const name = view.groups[group];
      if (!name) return [];
      const isFirstOfColumn = !layout.groups.some((other) => other.column === column && other.first < first);
      const caption = isFirstOfColumn ? [{ text: clip(name.name, Math.max(8, Math.floor(step / 7) || 14)), x, y: 13, anchor: 'middle' as const, size: FONT, colour: hex(palette.text) }, { text: plural(name.units, 'unit'), x, y: 27, anchor: 'middle' as const, ...muted }] : [];
      const rest = more > 0 ? [{ text: count > 0 ? `+${formatCount(more)} more` : '⋯', x, y: y + (first + count) * row + 4, anchor: 'middle' as const, ...muted }] : [];
      return [...caption, ...rest];
    }),
  ];
  return {
    width: Math.ceil(left + step * Math.max(0, columns - 1) + right),
    height: Math.ceil(top + body + 14),
    nodes,
    edges,
    ghosts: layout.isEgo ? [] : ghostPaths(view, at),
    labels,
    isEgo: layout.isEgo,
  };
}

const nameOf = ({ group, unit }: UnitPlace): string => `${group}/${unit}`;

function outerName({ groups }: NetworkView, { group, unit }: UnitPlace): string {
  return clip(groups[group]?.names?.[unit] ?? '', MAX_NAME);
}

/** A number inside the circle, a name beside it where the columns end. */
function unitLabels(view: NetworkView, unit: PlacedUnit, { x, y, radius, isPinned }: SceneNode, columns: number, palette: Palette): Label[] {
  const name = outerName(view, unit);
  const number = radius >= 7 ? [{ text: String(unit.unit), x, y: y + 3.2, anchor: 'middle' as const, size: unit.unit > 99 ? 7 : 9, colour: hex(isPinned ? palette.background : palette.text) }] : [];
  if (!name) return number;
  const isLast = unit.column === columns - 1 && columns > 1;
  const isOuter = isLast || unit.column === 0;
  if (!isOuter) return [...number, { text: name, x, y: y + radius + 8, anchor: 'middle', size: 8, colour: hex(palette.muted) }];
  return [...number, { text: name, x: x + (isLast ? radius + 6 : -radius - 6), y: y + 4, anchor: isLast ? 'start' : 'end', size: FONT, colour: hex(palette.text) }];
}

/** Straight to the next column, with a gentle bend; over or under the columns between as an arc. */
function edgePath(from: SceneNode, to: SceneNode, span: number, middle: number, top: number): string {
  const [x1, x2] = [from.x + from.radius, to.x - to.radius];
  const points = (list: readonly number[]): string => list.map((value) => Math.round(value * 10) / 10).join(' ');
  if (span <= 1) {
    const bend = (x2 - x1) * 0.35;
    return `M${points([x1, from.y])}C${points([x1 + bend, from.y, x2 - bend, to.y, x2, to.y])}`;
  }
  const above = (from.y + to.y) / 2 <= middle + 1;
  const lift = (middle - top) * 1.25 + 18;
  const y = above ? middle - lift : middle + lift;
  const third = (x2 - x1) * 0.3;
  return `M${points([x1, from.y])}C${points([x1 + third, y, x2 - third, y, x2, to.y])}`;
}

export interface EdgeStyle {
  readonly colour: string;
  readonly width: number;
  readonly dash: string | undefined;
}

/** The colours of the kernel's ramp, as far from its middle as 3:1 on the background takes; width by √|w|; dashes tell the sign. */
export function edgeStyle(weight: number | undefined, limit: number, palette: Palette): EdgeStyle {
  if (weight === undefined) return { colour: hex(palette.muted), width: 1.2, dash: undefined };
  if (!Number.isFinite(weight)) return { colour: hex(palette.notFinite), width: 3, dash: '2 2' };
  if (weight === 0) return { colour: hex(palette.muted), width: THINNEST + 0.3, dash: ZERO_DASH };
  const share = Math.min(1, Math.abs(weight) / limit);
  return {
    colour: hex(isHighContrast(palette) ? palette.text : visible(palette, weight, limit)),
    width: THINNEST + (THICKEST - THINNEST) * Math.sqrt(share),
    dash: weight < 0 ? NEGATIVE_DASH : undefined,
  };
}

/** 20 steps towards the end of the ramp, then towards the text: every theme has one that is seen. */
function visible(palette: Palette, weight: number, limit: number): Rgb {
  const sign = Math.sign(weight) * limit;
  const share = Math.min(1, Math.abs(weight) / limit);
  for (let at = share; at <= 1; at += 0.05) {
    const colour = weightColour(palette, sign * at, limit);
    if (contrast(colour, palette.background) >= 3) return colour;
  }
  return mix(weightColour(palette, sign, limit), palette.text, 0.5);
}

/** Only of links between neighbours: those that skip columns would cover everything. */
function ghostPaths({ links }: NetworkView, at: ReadonlyMap<string, SceneNode>): string[] {
  return links.flatMap(({ from, to, mask, values }) => {
    if (!values) return [];
    const paths: string[] = [];
    for (let row = 0; row < mask.inputs; row++) {
      const connected = new Set(mask.indices.subarray(mask.indptr[row], mask.indptr[row + 1]));
      for (let column = 0; column < mask.outputs; column++) {
        const a = at.get(`${from}/${row}`);
        const b = at.get(`${to}/${column}`);
        if (a && b && !connected.has(column)) paths.push(edgePath(a, b, 1, 0, 0));
      }
    }
    return paths;
  });
}
