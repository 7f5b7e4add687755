/** A model or masks as a network view: groups that only hand on are taken out, so that connections join what computes. */
import type { LayersModel } from '@tensorflow/tfjs';
import type { MaskData } from '../../../model/mask-data.js';
import { connectionsKey } from '../../../model/views/connections-key.js';
import type { NetworkGroup, NetworkLink } from '../../../model/views/network/network-view.js';
import { graphOfMasks } from '../../analyze/from-masks.js';
import { graphOfModel } from '../../analyze/from-model.js';
import type { Group, UnitGraph } from '../../analyze/unit-graph.js';
import { tf } from '../../tf/tfjs.js';
import type { Mask } from '../../mask/mask.js';
import { weightsOf } from './weights-of.js';

export interface Network {
  readonly groups: readonly NetworkGroup[];
  readonly links: readonly NetworkLink[];
  readonly opaque: readonly string[];
}

export function networkOfMasks(masks: readonly Mask[]): Network {
  return networkOf(graphOfMasks(masks), []);
}

/** A layer whose wiring is not known is a group without connections, and named. @throws Error when the model isn't built */
export function networkOfModel(model: LayersModel): Network {
  const opaque: string[] = [];
  const graph = graphOfModel(model, ({ layer, inputs, output }) => {
    opaque.push(`${layer.name} (${layer.getClassName()})`);
    const units = output.reduce((product, extent) => product * extent, 1);
    return { wirings: inputs.map((shape) => noConnections(shape.reduce((product, extent) => product * extent, 1), units)) };
  });
  return networkOf(graph, opaque);
}

const noConnections = (inputs: number, outputs: number): MaskData => ({ inputs, outputs, indptr: new Uint32Array(inputs + 1), indices: new Uint32Array(0) });

/** Where a unit that is only handed on comes from. */
interface Origin {
  readonly group: Int32Array;
  readonly unit: Uint32Array;
}

function networkOf({ groups, inputs }: UnitGraph, opaque: readonly string[]): Network {
  const origins = new Map<number, Origin>();
  const kept: number[] = [];
  groups.forEach((group, at) => {
    const origin = group.handsOn ? originOf(group, origins) : undefined;
    if (origin) origins.set(at, origin);
    else kept.push(at);
  });
  const place = new Map(kept.map((group, at) => [group, at]));
  const links: NetworkLink[] = [];
  const views = kept.map((at): NetworkGroup => {
    const group = groups[at];
    if (!group) return { name: '', units: 0 };
    const weights = weightsOf(group);
    // The matrix of a convolution is another one than the wiring of its units.
    const isMatrix = weights !== undefined || (group.cost !== undefined && !(group.owner instanceof tf.layers.Layer));
    for (const { from, wiring } of group.sources) links.push(...linksOf(wiring, weights?.values, from, origins, place, at, isMatrix ? connectionsKey(wiring) : undefined));
    return { name: inputs.length === 1 && at === inputs[0] ? 'inputs' : group.name, units: group.units, ...(weights?.bias && { bias: weights.bias }) };
  });
  return { groups: views, links: links.sort((a, b) => a.from - b.from || a.to - b.to), opaque };
}

/** Undefined where a unit is made of several (a sum) or of none. */
function originOf({ sources, units }: Group, origins: ReadonlyMap<number, Origin>): Origin | undefined {
  const group = new Int32Array(units).fill(-1);
  const unit = new Uint32Array(units);
  for (const { from, wiring } of sources) {
    const before = origins.get(from);
    for (let row = 0; row < wiring.inputs; row++) {
      for (let at = wiring.indptr[row] ?? 0; at < (wiring.indptr[row + 1] ?? 0); at++) {
        const column = wiring.indices[at] ?? 0;
        if (group[column] !== -1) return undefined;
        group[column] = before?.group[row] ?? from;
        unit[column] = before?.unit[row] ?? row;
      }
    }
  }
  return group.includes(-1) ? undefined : { group, unit };
}

function linksOf(wiring: MaskData, values: Float32Array | undefined, from: number, origins: ReadonlyMap<number, Origin>, place: ReadonlyMap<number, number>, to: number, layer: string | undefined): NetworkLink[] {
  const origin = origins.get(from);
  const target = place.get(to) ?? 0;
  const common = { to: target, ...(layer !== undefined && { layer }) };
  if (!origin) return [{ ...common, from: place.get(from) ?? 0, rowOffset: 0, nnz: wiring.indices.length, mask: wiring, ...(values && { values }) }];
  return [...new Set(origin.group)].map((group): NetworkLink => {
    const rows = [...origin.group.keys()].filter((row) => origin.group[row] === group);
    const offset = (rows[0] ?? 0) - (origin.unit[rows[0] ?? 0] ?? 0);
    const isShifted = offset >= 0 && rows.every((row) => row - (origin.unit[row] ?? 0) === offset);
    const part = rowsFor(wiring, values, rows, origin.unit);
    const { layer: key, ...rest } = common;
    return { ...rest, ...(isShifted && key !== undefined && { layer: key }), from: place.get(group) ?? 0, rowOffset: isShifted ? offset : 0, nnz: part.mask.indices.length, ...part };
  });
}

/** The connections of some rows, as connections of the units that those stand for. */
function rowsFor(wiring: MaskData, values: Float32Array | undefined, rows: readonly number[], unit: Uint32Array): { readonly mask: MaskData; readonly values?: Float32Array } {
  const units = rows.reduce((most, row) => Math.max(most, (unit[row] ?? 0) + 1), 0);
  const byUnit = new Map<number, Map<number, number>>();
  for (const row of rows) {
    const target = unit[row] ?? 0;
    const columns = byUnit.get(target) ?? new Map<number, number>();
    for (let at = wiring.indptr[row] ?? 0; at < (wiring.indptr[row + 1] ?? 0); at++) {
      const column = wiring.indices[at] ?? 0;
      // A unit that is handed on twice adds its weights.
      columns.set(column, (columns.get(column) ?? 0) + (values?.[at] ?? 0));
    }
    byUnit.set(target, columns);
  }
  const indptr = new Uint32Array(units + 1);
  const indices: number[] = [];
  const weights: number[] = [];
  for (let row = 0; row < units; row++) {
    for (const [column, weight] of [...(byUnit.get(row) ?? [])].sort(([a], [b]) => a - b)) {
      indices.push(column);
      weights.push(weight);
    }
    indptr[row + 1] = indices.length;
  }
  return { mask: { inputs: units, outputs: wiring.outputs, indptr, indices: Uint32Array.from(indices) }, ...(values && { values: Float32Array.from(weights) }) };
}
