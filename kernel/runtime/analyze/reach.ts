/** Which units reach which, and by how many paths; each pass is O(connections). */
import type { MaskData } from '../../model/mask-data.js';
import { merge, product } from '../mask/algebra.js';
import { handOn, type UnitGraph } from './unit-graph.js';

/** One flag a unit, one array a group. */
export type Marks = readonly Uint8Array[];

const unmarked = (graph: UnitGraph): Uint8Array[] => graph.groups.map((group) => new Uint8Array(group.units));

/** Units that an input of the net reaches. */
export function reachedFromInputs(graph: UnitGraph): Marks {
  const marks = unmarked(graph);
  for (const input of graph.inputs) marks[input]?.fill(1);
  graph.groups.forEach(({ sources }, to) => {
    for (const { from, wiring } of sources) forEachReached(wiring, marks[from], (j) => mark(marks[to], j));
  });
  return marks;
}

/** Units that reach one of the units that are marked, or are. `marks` is changed. */
export function reachingMarked(graph: UnitGraph, marks: Uint8Array[]): Marks {
  for (let to = graph.groups.length - 1; to >= 0; to--) {
    const targets = marks[to];
    for (const { from, wiring } of graph.groups[to]?.sources ?? []) {
      const sources = marks[from];
      if (targets === undefined || sources === undefined) continue;
      for (let i = 0; i < wiring.inputs; i++) {
        for (let k = wiring.indptr[i] ?? 0; sources[i] === 0 && k < (wiring.indptr[i + 1] ?? 0); k++) sources[i] = targets[wiring.indices[k] ?? 0] ?? 0;
      }
    }
  }
  return marks;
}

/** Units that reach an output of the net. */
export function reachingOutputs(graph: UnitGraph): Marks {
  const marks = unmarked(graph);
  for (const output of graph.outputs) marks[output]?.fill(1);
  return reachingMarked(graph, marks);
}

/** Units that reach one unit. */
export function reachingUnit(graph: UnitGraph, group: number, unit: number): Marks {
  const marks = unmarked(graph);
  mark(marks[group], unit);
  return reachingMarked(graph, marks);
}

/** How many paths lead from one unit to every other; a number above 2⁵³ is rounded. */
export function pathsFrom(graph: UnitGraph, group: number, unit: number): readonly Float64Array[] {
  const counts = graph.groups.map(({ units }) => new Float64Array(units));
  const start = counts[group];
  if (start) start[unit] = 1;
  graph.groups.forEach(({ sources }, to) => {
    const arrived = counts[to];
    for (const { from, wiring } of sources) {
      const left = counts[from];
      if (arrived === undefined || left === undefined) continue;
      for (let i = 0; i < wiring.inputs; i++) {
        const count = left[i] ?? 0;
        if (count === 0) continue;
        for (let k = wiring.indptr[i] ?? 0; k < (wiring.indptr[i + 1] ?? 0); k++) {
          const j = wiring.indices[k] ?? 0;
          arrived[j] = (arrived[j] ?? 0) + count;
        }
      }
    }
  });
  return counts;
}

/** [inputs of the net, outputs of the net]: the boolean product of all wirings, summed over the ways through the net. */
export function reachability(graph: UnitGraph): MaskData {
  const offsets = offsetsOf(graph, graph.inputs);
  const inputs = offsets.at(-1) ?? 0;
  const reached: MaskData[] = [];
  graph.groups.forEach(({ units, sources }, index) => {
    const place = graph.inputs.indexOf(index);
    let all = place >= 0 ? padded(handOn(units), offsets[place] ?? 0, inputs) : nothing(inputs, units);
    for (const { from, wiring } of sources) {
      const through = product(reached[from] ?? nothing(inputs, wiring.inputs), wiring);
      all = sources.length === 1 ? through : merge(all, through, (a, b) => a || b);
    }
    reached.push(all);
  });
  const outputOffsets = offsetsOf(graph, graph.outputs);
  const outputs = outputOffsets.at(-1) ?? 0;
  let result = nothing(inputs, outputs);
  graph.outputs.forEach((group, place) => {
    const units = graph.groups[group]?.units ?? 0;
    const shifted = product(reached[group] ?? nothing(inputs, units), handOn(units, outputs, outputOffsets[place] ?? 0));
    result = graph.outputs.length === 1 ? shifted : merge(result, shifted, (a, b) => a || b);
  });
  return result;
}

/** Where the units of each of these groups begin when they are put one after the other; the last entry is the end. */
export function offsetsOf(graph: UnitGraph, groups: readonly number[]): number[] {
  const offsets = [0];
  for (const group of groups) offsets.push((offsets.at(-1) ?? 0) + (graph.groups[group]?.units ?? 0));
  return offsets;
}

const nothing = (inputs: number, outputs: number): MaskData => ({ inputs, outputs, indptr: new Uint32Array(inputs + 1), indices: new Uint32Array(0) });

/** The mask with rows without connections before and after it. */
function padded(mask: MaskData, before: number, inputs: number): MaskData {
  const indptr = new Uint32Array(inputs + 1).fill(mask.indices.length);
  indptr.fill(0, 0, before);
  indptr.set(mask.indptr, before);
  return { inputs, outputs: mask.outputs, indptr, indices: mask.indices };
}

function forEachReached(wiring: MaskData, from: Uint8Array | undefined, visit: (j: number) => void): void {
  for (let i = 0; i < wiring.inputs; i++) {
    if (from?.[i] !== 1) continue;
    for (let k = wiring.indptr[i] ?? 0; k < (wiring.indptr[i + 1] ?? 0); k++) visit(wiring.indices[k] ?? 0);
  }
}

function mark(marks: Uint8Array | undefined, unit: number): void {
  if (marks) marks[unit] = 1;
}
