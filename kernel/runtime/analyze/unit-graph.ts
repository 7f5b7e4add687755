/** A net as groups of units and the connections between them. */
import type { MaskData } from '../../model/mask-data.js';

/** Connections that arrive at a group: from the units of an earlier one. */
export interface Source {
  /** Index of the group. */
  readonly from: number;
  /** [units of that group, units of this one] */
  readonly wiring: MaskData;
}

/** What a layer with weights costs, beside one of the same kind in which everything is connected. */
export interface Cost {
  readonly params: number;
  readonly denseParams: number;
  /** Connections between units if none were missing. */
  readonly denseConnections: number;
}

export interface Group {
  readonly name: string;
  readonly units: number;
  readonly sources: readonly Source[];
  /** Of a layer with weights; absent for inputs, and for layers that only hand on. */
  readonly cost?: Cost;
  /** The layer that the weights belong to: one that is used twice is counted once. */
  readonly owner?: object;
  /** True: every unit hands on units as they are (dropout, activation, concatenation…). */
  readonly handsOn?: boolean;
}

/** Sources come before the groups that read them. */
export interface UnitGraph {
  readonly groups: readonly Group[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Every unit to the one `offset` further on in a group of `outputs` units. */
export function handOn(units: number, outputs = units, offset = 0): MaskData {
  return { inputs: units, outputs, indptr: Uint32Array.from({ length: units + 1 }, (_, i) => i), indices: Uint32Array.from({ length: units }, (_, i) => offset + i) };
}
