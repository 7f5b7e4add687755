import { inDegree, nnz, outDegree, type MaskData } from '../../model/mask-data.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask, type AwaitedMask } from '../mask/mask.js';
import { offsetsOf, pathsFrom, reachability, reachedFromInputs, reachingOutputs, reachingUnit } from './reach.js';
import type { LayerReport, Report, Totals, Unit } from './report.js';
import { tableAsHtml, tableAsText } from './table.js';
import type { Cost, Group, UnitGraph } from './unit-graph.js';

export type { LayerReport, Totals, Unit } from './report.js';

/** What is connected to what in a net, by its wiring alone: what the weights are does not matter. */
export class Analysis implements Report {
  /** In the order in which they are computed. */
  readonly layers: readonly LayerReport[];
  readonly total: Totals;
  /** Inputs of the net, and its outputs; of several tensors one after the other. */
  readonly inputs: number;
  readonly outputs: number;
  /** Inputs from which no way leads to an output. */
  readonly deadInputs: readonly number[];
  /** Hidden units that no input reaches, or from which no way leads to an output. */
  readonly deadUnits: readonly Unit[];
  /** Outputs that no input reaches: they are constant. */
  readonly unreachableOutputs: readonly number[];
  readonly #graph: UnitGraph;
  /** Index into the graph's groups of every layer. */
  readonly #groups: readonly number[];
  #reachability: Mask | undefined;

  constructor(graph: UnitGraph) {
    const withCost = graph.groups.flatMap((group, index) => (isLayer(group) ? [{ group, index }] : []));
    this.#graph = graph;
    this.#groups = withCost.map(({ index }) => index);
    this.layers = withCost.map(({ group }) => report(group));
    this.total = totals(this.layers, withCost.map(({ group }) => group.owner));
    this.inputs = offsetsOf(graph, graph.inputs).at(-1) ?? 0;
    this.outputs = offsetsOf(graph, graph.outputs).at(-1) ?? 0;
    const reached = reachedFromInputs(graph);
    const reaching = reachingOutputs(graph);
    const last = outputLayers(graph);
    this.deadInputs = unset(graph.inputs.map((group) => reaching[group]));
    this.unreachableOutputs = unset(graph.outputs.map((group) => reached[group]));
    this.deadUnits = this.#groups.flatMap((group, layer) =>
      last.has(group) ? [] : Array.from(reached[group] ?? []).flatMap((isReached, unit) => (isReached === 1 && reaching[group]?.[unit] === 1 ? [] : [{ layer, unit }])),
    );
  }

  /** How many paths lead from input i to output k; above 2⁵³ the number is rounded. */
  paths(i: number, k: number): number {
    const counts = pathsFrom(this.#graph, ...this.#place('analysis.paths: i (input)', i, this.#graph.inputs));
    const [group, unit] = this.#place('analysis.paths: k (output)', k, this.#graph.outputs);
    return counts[group]?.[unit] ?? 0;
  }

  /**
   * The inputs of the net that a unit sees, ascending.
   *
   * @param layer index into `layers`, or a layer's name
   * @param unit index of an output of that layer
   */
  receptiveField(layer: number | string, unit: number): number[] {
    const index = this.#layerIndex(layer);
    wholeNumber('analysis.receptiveField: unit', unit, 0, (this.layers[index]?.outputs ?? 0) - 1);
    const seen = reachingUnit(this.#graph, this.#groups[index] ?? 0, unit);
    const offsets = offsetsOf(this.#graph, this.#graph.inputs);
    return this.#graph.inputs.flatMap((group, place) => Array.from(seen[group] ?? []).flatMap((isSeen, i) => (isSeen === 1 ? [(offsets[place] ?? 0) + i] : [])));
  }

  /** Which inputs of the net reach which of its outputs, [inputs, outputs]; made when it is first asked for. */
  get reachability(): Mask {
    return (this.#reachability ??= Mask.ofData(reachability(this.#graph)));
  }

  /** The table of layers, and what is dead. */
  toString(): string {
    return tableAsText(this);
  }

  /** Everything but `reachability`, as plain arrays and numbers. */
  toJSON(): object {
    const { layers, total, inputs, outputs, deadInputs, deadUnits, unreachableOutputs } = this;
    const plain = layers.map((layer) => ({ ...layer, inDegree: Array.from(layer.inDegree), outDegree: Array.from(layer.outDegree) }));
    return { inputs, outputs, layers: plain, total, deadInputs, deadUnits, unreachableOutputs };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** How a cell shows it. */
  [Symbol.for('Jupyter.display')](): MimeBundle {
    return { 'text/html': tableAsHtml(this), 'text/plain': this.toString() };
  }

  #layerIndex(layer: unknown): number {
    if (typeof layer !== 'string') return wholeNumber('analysis.receptiveField: layer', layer, 0, this.layers.length - 1);
    const found = this.layers.flatMap(({ name }, index) => (name === layer ? [index] : []));
    const [index] = found;
    if (index !== undefined && found.length === 1) return index;
    const names = this.layers.map(({ name }, k) => `${k} ${name}`).join(', ');
    throw new ArgumentError('analysis.receptiveField: layer', layer, index === undefined ? `one of ${names}` : `an index, as the layer is used ${found.length} times: ${names}`);
  }

  /** The group and the unit in it of the k-th of all units of these groups. */
  #place(argument: string, k: number, groups: readonly number[]): [group: number, unit: number] {
    const offsets = offsetsOf(this.#graph, groups);
    wholeNumber(argument, k, 0, (offsets.at(-1) ?? 0) - 1);
    const place = groups.findIndex((_, index) => k < (offsets[index + 1] ?? 0));
    return [groups[place] ?? 0, k - (offsets[place] ?? 0)];
  }
}

/** An awaited mask is a Mask; TypeScript alone tells them apart. */
export type AnyMask = Mask | AwaitedMask;

const isLayer = (group: Group): group is Group & { readonly cost: Cost } => group.cost !== undefined;

function report({ name, units, sources, cost }: Group & { readonly cost: Cost }): LayerReport {
  const wiring: MaskData = sources[0]?.wiring ?? { inputs: 0, outputs: units, indptr: new Uint32Array(1), indices: new Uint32Array(0) };
  const connections = nnz(wiring);
  return {
    name,
    inputs: wiring.inputs,
    outputs: units,
    nnz: connections,
    density: connections / cost.denseConnections,
    params: cost.params,
    denseParams: cost.denseParams,
    flops: 2 * connections,
    denseFlops: 2 * cost.denseConnections,
    inDegree: inDegree(wiring),
    outDegree: outDegree(wiring),
  };
}

function totals(layers: readonly LayerReport[], owners: readonly (object | undefined)[]): Totals {
  const firstUses = layers.filter((_, k) => owners.indexOf(owners[k]) === k);
  const sum = (list: readonly LayerReport[], of: keyof Totals): number => list.reduce((total, layer) => total + layer[of], 0);
  return { nnz: sum(layers, 'nnz'), params: sum(firstUses, 'params'), denseParams: sum(firstUses, 'denseParams'), flops: sum(layers, 'flops'), denseFlops: sum(layers, 'denseFlops') };
}

/** Layers whose units are the net's outputs, handed on as they are. */
function outputLayers(graph: UnitGraph): ReadonlySet<number> {
  const found = new Set<number>();
  const waiting = [...graph.outputs];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (found.has(group)) continue;
    found.add(group);
    const { handsOn, sources = [] } = graph.groups[group] ?? {};
    if (handsOn) waiting.push(...sources.map(({ from }) => from));
  }
  return found;
}

/** Where the flags are 0, counted through all of the arrays. */
function unset(flags: readonly (Uint8Array | undefined)[]): number[] {
  const found: number[] = [];
  let offset = 0;
  for (const array of flags) {
    array?.forEach((flag, k) => {
      if (flag === 0) found.push(offset + k);
    });
    offset += array?.length ?? 0;
  }
  return found;
}
