/** What the lines of a network say. */
import { hex } from '../colour.js';
import { formatNumber } from '../format.js';
import type { Palette } from '../palette.js';
import { edgeStyle, type EdgeStyle, type NetworkScene } from './scene.js';
import { weightLimit, type NetworkView } from './network-view.js';

export type NetworkLegendItem =
  | { readonly kind: 'line'; readonly style: EdgeStyle; readonly label: string }
  | { readonly kind: 'unit'; readonly stroke: string; readonly dashed: boolean; readonly label: string };

export function networkLegend(view: NetworkView, scene: NetworkScene, palette: Palette): readonly NetworkLegendItem[] {
  const weights = scene.edges.map(({ edge }) => edge.weight);
  const limit = weightLimit(view);
  const line = (weight: number | undefined, label: string): NetworkLegendItem => ({ kind: 'line', style: edgeStyle(weight, limit, palette), label });
  const strongest = formatNumber(limit);
  return [
    ...(weights.some((weight) => (weight ?? 0) > 0) ? [line(limit / 2, `positive weight, to ${strongest}`)] : []),
    ...(weights.some((weight) => (weight ?? 0) < 0) ? [line(-limit / 2, `negative weight, to −${strongest}`)] : []),
    ...(weights.includes(0) ? [line(0, 'weight = 0')] : []),
    ...(weights.some((weight) => weight !== undefined && !Number.isFinite(weight)) ? [line(NaN, 'NaN or infinite')] : []),
    ...(weights.includes(undefined) ? [line(undefined, 'connection without a weight of its own')] : []),
    ...(scene.nodes.some(({ isCutOff }) => isCutOff) ? [{ kind: 'unit' as const, stroke: hex(palette.runs[1] ?? palette.text), dashed: true, label: 'unit that is cut off' }] : []),
  ];
}

/** What the picture does not show of an ego graph. */
export const egoCaption = ({ isEgo }: NetworkScene): string | undefined => (isEgo ? 'The net is larger than a picture: the pinned unit (filled) and what it is connected to, the strongest first.' : undefined);
