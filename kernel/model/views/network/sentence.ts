/** A net in a few short sentences, and its units and connections in words. */
import { formatCount, formatNumber, plural } from '../format.js';
import { degreesOf, edgesInto, edgesOutOf, type NetworkEdge } from './edges.js';
import { edgeCount, unitLabel, type NetworkView, type UnitPlace } from './network-view.js';
import type { PathCounts } from './paths.js';

const MAX_NAMED = 6;
/** Above this many units nobody reads a list of those that are cut off. */
const MAX_CHECKED_UNITS = 4096;

/** `Network: inputs (2 units) → hidden (3) → output (1), 7 connections. Weights from −1.2 to 0.81. …` */
export function networkSentence(view: NetworkView): string {
  const name = view.title ? `Network “${view.title}”` : 'Network';
  const chain = view.groups.map(({ name: group, units }, at) => `${group} (${at === 0 ? plural(units, 'unit') : formatCount(units)})`).join(' → ');
  return [`${name}: ${chain}, ${plural(edgeCount(view), 'connection')}.`, ...weights(view), ...cutOff(view), ...leftOut(view)].join(' ');
}

function weights({ links }: NetworkView): string[] {
  let min = Infinity;
  let max = -Infinity;
  let notFinite = 0;
  for (const { values } of links) {
    for (const value of values ?? []) {
      if (!Number.isFinite(value)) notFinite++;
      else [min, max] = [Math.min(min, value), Math.max(max, value)];
    }
  }
  return [
    ...(min <= max ? [`Weights from ${formatNumber(min)} to ${formatNumber(max)}.`] : []),
    ...(notFinite > 0 ? [`${plural(notFinite, 'weight')} ${notFinite === 1 ? 'is' : 'are'} NaN or infinite.`] : []),
  ];
}

interface CutOff {
  readonly place: UnitPlace;
  readonly lacks: 'inputs' | 'outputs';
}

/** Units that nothing reaches, or that reach nothing, though their group is connected on that side. */
export function cutOffUnits(view: NetworkView): CutOff[] {
  const isRead = new Set(view.links.map(({ from }) => from));
  const isFed = new Set(view.links.map(({ to }) => to));
  if (view.egos || view.groups.reduce((sum, { units }) => sum + units, 0) > MAX_CHECKED_UNITS) return [];
  return view.groups.flatMap(({ units }, group) =>
    Array.from({ length: units }, (_, unit) => ({ group, unit })).flatMap((place): CutOff[] => {
      if (isFed.has(group) && edgesInto(view, place).length === 0) return [{ place, lacks: 'inputs' }];
      if (isRead.has(group) && edgesOutOf(view, place).length === 0) return [{ place, lacks: 'outputs' }];
      return [];
    }),
  );
}

function cutOff(view: NetworkView): string[] {
  const units = cutOffUnits(view);
  return (['inputs', 'outputs'] as const).flatMap((side) => {
    const lacking = units.filter(({ lacks }) => lacks === side);
    if (lacking.length === 0) return [];
    const named = lacking.slice(0, MAX_NAMED).map(({ place }) => unitLabel(view, place));
    return [`${plural(lacking.length, 'unit')} without ${side} (${named.join(', ')}${lacking.length > MAX_NAMED ? ', …' : ''}).`];
  });
}

/** What the view does not hold or show. */
export function leftOut(view: NetworkView): string[] {
  const held = view.links.reduce((sum, { mask }) => sum + mask.indices.length, 0);
  const all = edgeCount(view);
  return [
    ...(held < all ? [`${formatCount(held)} of ${formatCount(all)} connections are kept here: those of ${plural(view.egos?.length ?? 0, 'unit')}.`] : []),
    ...(view.opaque.length > 0 ? [`Not drawn inside: ${view.opaque.join(', ')}.`] : []),
  ];
}

/** `hidden 2 · 3 inputs, 1 output · bias 0.1 · on 6 of 24 paths` */
export function unitText(view: NetworkView, place: UnitPlace, paths?: PathCounts): string {
  const degrees = degreesOf(view, place);
  const bias = view.groups[place.group]?.bias?.[place.unit];
  return [
    unitLabel(view, place),
    ...(degrees ? [`${plural(degrees.fanIn, 'connection')} in, ${formatCount(degrees.fanOut)} out`] : []),
    ...(bias !== undefined ? [`bias ${formatNumber(bias)}`] : []),
    ...(paths ? [`on ${pathShare(paths.through(place), paths.all)} from inputs to outputs`] : []),
  ].join(' · ');
}

/** `inputs 0 (x₁) → hidden 2 · w = −0.382` */
export function edgeText(view: NetworkView, edge: NetworkEdge, paths?: PathCounts): string {
  return [
    `${unitLabel(view, edge.from)} → ${unitLabel(view, edge.to)}`,
    ...(edge.weight !== undefined ? [`w = ${formatNumber(edge.weight)}`] : ['no weight of its own']),
    ...(paths ? [`on ${pathShare(paths.along(edge), paths.all)}`] : []),
  ].join(' · ');
}

const pathShare = (some: number, all: number): string =>
  all <= Number.MAX_SAFE_INTEGER ? `${formatCount(some)} of ${plural(all, 'path')}` : `about ${formatNumber(some)} of ${formatNumber(all)} paths`;
