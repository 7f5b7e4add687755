/** `show.network`. */
import type { LayersModel } from '@tensorflow/tfjs';
import type { NetworkGroup, NetworkView, UnitPlace } from '../../../model/views/network/network-view.js';
import { VIEW_VERSION } from '../../../model/views/payload.js';
import { ArgumentError } from '../../argument-error.js';
import type { DisplayHandle } from '../../display/handle.js';
import { Mask } from '../../mask/mask.js';
import { tf } from '../../tf/tfjs.js';
import { checkOptions, type FileOptions } from '../options.js';
import { present } from '../present.js';
import { networkOfMasks, networkOfModel, type Network } from './network-of.js';

export type ShowableNetwork = LayersModel | Mask | readonly Mask[];

export interface ShowNetworkOptions extends FileOptions {
  /** Names of units by layer; `inputs` is the first, `outputs` the last. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Of a net that is larger than a picture: the units whose surroundings are drawn. A layer by its name or its place, inputs are 0. */
  readonly units?: readonly { readonly layer: string | number; readonly unit: number }[];
}

const EXPECTED = 'a tfjs model, a Mask, or an array of Masks';

/**
 * Draws units and the connections between them: a net of at most 24 units a layer and 300 connections whole, of a larger one the
 * units of `options.units` (default: the first output) with what they are connected to. Weights are those of dense and masked dense layers; other layers are
 * drawn by their wiring, or named.
 *
 * @param net a tfjs model, or masks in the order of their layers
 * @throws ArgumentError when it is none of these or an option is wrong; Error when the model isn't built
 */
export function showNetwork(net: ShowableNetwork, options: ShowNetworkOptions = {}): DisplayHandle<[net?: ShowableNetwork]> {
  checkOptions('show.network', options);
  let shown = net;
  const view = (value: ShowableNetwork = shown): NetworkView => {
    shown = value;
    return networkView(value, options);
  };
  return present(view(), options, view);
}

/** @throws as `showNetwork` */
export function networkView(net: ShowableNetwork, { title, names, units }: ShowNetworkOptions): NetworkView {
  const network = readNetwork(net);
  const groups = withNames(network.groups, names);
  return { view: 'network', version: VIEW_VERSION, ...(title !== undefined && { title }), ...network, groups, pins: readUnits(groups, units) };
}

function readNetwork(net: unknown): Network {
  if (net instanceof tf.LayersModel) return networkOfModel(net);
  const masks: readonly unknown[] = Array.isArray(net) ? net : [net];
  const checked = masks.map((mask, at) => {
    if (mask instanceof Mask) return mask;
    if (!Array.isArray(net)) throw new ArgumentError('show.network', mask, EXPECTED, mask instanceof tf.layers.Layer ? 'show.kernel draws one layer.' : undefined);
    throw new ArgumentError(`show.network: entry ${at}`, mask, 'a Mask', 'Mask.from(…) makes one.');
  });
  if (checked.length === 0) throw new ArgumentError('show.network', net, EXPECTED);
  return networkOfMasks(checked);
}

function groupAt(groups: readonly NetworkGroup[], name: string): number {
  const own = groups.findIndex((group) => group.name === name);
  if (own >= 0) return own;
  return name === 'inputs' ? 0 : name === 'outputs' ? groups.length - 1 : -1;
}

const known = (groups: readonly NetworkGroup[]): string => groups.map(({ name }) => JSON.stringify(name)).join(', ');

function withNames(groups: readonly NetworkGroup[], names: unknown): NetworkGroup[] {
  if (names === undefined) return [...groups];
  if (typeof names !== 'object' || names === null || Array.isArray(names)) throw new ArgumentError('show.network: names', names, 'an object of lists such as { inputs: ["x", "y"] }');
  const named = [...groups];
  const lists = new Map<string, unknown>(Object.entries(names));
  for (const [layer, list] of lists) {
    const at = groupAt(groups, layer);
    const group = groups[at];
    if (!group) throw new Error(`show.network: names: there is no layer ${JSON.stringify(layer)}; there are ${known(groups)}`);
    if (!Array.isArray(list) || list.length !== group.units) throw new ArgumentError(`show.network: names.${layer}`, list, `an array of ${group.units} names`);
    named[at] = { ...group, names: list.map(String) };
  }
  return named;
}

function readUnits(groups: readonly NetworkGroup[], units: unknown): UnitPlace[] {
  if (units === undefined) return [];
  if (!Array.isArray(units)) throw new ArgumentError('show.network: units', units, 'an array such as [{ layer: "hidden", unit: 3 }]');
  return units.map((entry: unknown, at) => {
    const fields = new Map<string, unknown>(typeof entry === 'object' && entry !== null ? Object.entries(entry) : []);
    const layer = fields.get('layer');
    const group = typeof layer === 'string' ? groupAt(groups, layer) : typeof layer === 'number' ? layer : -1;
    const found = groups[group];
    if (!found) throw new ArgumentError(`show.network: units[${at}].layer`, layer, `the name of a layer, or its place from 0 to ${groups.length - 1}`, `There are ${known(groups)}`);
    const unit = fields.get('unit');
    if (typeof unit !== 'number' || !Number.isInteger(unit) || unit < 0 || unit >= found.units) throw new ArgumentError(`show.network: units[${at}].unit`, unit, `a unit of ${found.name}, from 0 to ${found.units - 1}`);
    return { group, unit };
  });
}
