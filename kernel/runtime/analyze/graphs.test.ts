/** Random nets against brute force: every number of an analysis is a product of the matrices of 0 and 1. */
import type { LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { maskedConv2d, maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { analyze } from './index.js';

beforeAll(async () => {
  await ready;
  await tf.setBackend('cpu');
});

type Matrix = number[][];
const times = (a: Matrix, b: Matrix): Matrix => a.map((row) => b[0]!.map((_, k) => row.reduce((sum, x, j) => sum + x * b[j]![k]!, 0)));
const plus = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, k) => x + b[i]![k]!));
const beside = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => [...row, ...b[i]!]);
const zeros = (rows: number, columns: number): Matrix => Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
const identity = (size: number): Matrix => zeros(size, size).map((row, i) => row.with(i, 1));
const matrix = (rows: number, columns: number) => fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const apply = (layer: tf.layers.Layer, x: SymbolicTensor | SymbolicTensor[]) => layer.apply(x) as SymbolicTensor;

/** One node of a random graph; `a` and `b` choose among the nodes before it. */
interface Recipe {
  kind: 'masked' | 'add' | 'multiply' | 'concatenate' | 'tanh';
  a: number;
  b: number;
  bits: number[];
  units: number;
}
type Node = { kind: Recipe['kind'] | 'input'; from: number[]; wiring?: Matrix; units: number };

const recipes = fc.array(
  fc.record<Recipe>({
    kind: fc.constantFrom('masked', 'masked', 'masked', 'add', 'multiply', 'concatenate', 'tanh'),
    a: fc.nat(20),
    b: fc.nat(20),
    bits: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 64, maxLength: 64 }),
    units: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 7 },
);

/** A graph of which the last node, a masked layer over all that nobody reads, is the output. */
function nodesOf(inputs: number[], list: readonly Recipe[]): Node[] {
  const nodes: Node[] = inputs.map((units) => ({ kind: 'input', from: [], units }));
  const masked = (from: number, { bits, units }: Recipe) => {
    const rows = nodes[from]!.units;
    nodes.push({ kind: 'masked', from: [from], units, wiring: zeros(rows, units).map((row, i) => row.map((_, j) => bits[(i * units + j) % bits.length]!)) });
  };
  for (const recipe of list) {
    const [a, b] = [recipe.a % nodes.length, recipe.b % nodes.length];
    if (recipe.kind === 'masked') masked(a, recipe);
    else if (recipe.kind === 'tanh') nodes.push({ kind: 'tanh', from: [a], units: nodes[a]!.units });
    else if (a === b) continue;
    else if (recipe.kind === 'concatenate') nodes.push({ kind: 'concatenate', from: [a, b], units: nodes[a]!.units + nodes[b]!.units });
    else if (nodes[a]!.units === nodes[b]!.units) nodes.push({ kind: recipe.kind, from: [a, b], units: nodes[a]!.units });
  }
  const unread = nodes.map((_, k) => k).filter((k) => !nodes.some(({ from }) => from.includes(k)));
  let all = unread[0]!;
  for (const next of unread.slice(1)) all = nodes.push({ kind: 'concatenate', from: [all, next], units: nodes[all]!.units + nodes[next]!.units }) - 1;
  masked(all, { ...list[0]!, units: 3, bits: list.at(-1)!.bits });
  return nodes;
}

/** Path counts from the seeds to the last node: `seeds` gives a node's own matrix, or its number of rows. */
function pathsTo(nodes: readonly Node[], rows: number, seeds: ReadonlyMap<number, Matrix>): Matrix {
  const found: Matrix[] = [];
  nodes.forEach(({ kind, from, wiring, units }, k) => {
    const [a, b] = from.map((index) => found[index]!);
    const passed = kind === 'input' ? zeros(rows, units) : kind === 'masked' ? times(a!, wiring!) : kind === 'tanh' ? a! : kind === 'concatenate' ? beside(a!, b!) : plus(a!, b!);
    found.push(seeds.get(k) ?? passed);
  });
  return found.at(-1)!;
}

function modelOf(nodes: readonly Node[]): LayersModel {
  const tensors: SymbolicTensor[] = [];
  nodes.forEach(({ kind, from, wiring, units }, k) => {
    const x = from.map((index) => tensors[index]!);
    if (kind === 'input') tensors.push(tf.input({ shape: [units] }));
    else if (kind === 'masked') tensors.push(apply(maskedDense({ name: `layer_${k}`, connections: { shape: [wiring!.length, units], edges: wiring!.flatMap((row, i) => row.flatMap((on, j) => (on ? [[i, j] as [number, number]] : []))) } }), x[0]!));
    else if (kind === 'tanh') tensors.push(apply(tf.layers.activation({ activation: 'tanh' }), x[0]!));
    else tensors.push(apply({ add: () => tf.layers.add(), multiply: () => tf.layers.multiply(), concatenate: () => tf.layers.concatenate() }[kind](), x));
  });
  return tf.model({ inputs: tensors.filter((_, k) => nodes[k]!.kind === 'input'), outputs: tensors.at(-1)! });
}

it('cases 27 and 28: a graph of branches, merges and several inputs', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 2 }), recipes, (inputs, list) => {
      const nodes = nodesOf(inputs, list);
      const total = inputs.reduce((sum, units) => sum + units, 0);
      const seeds = new Map(inputs.map((units, k) => [k, zeros(total, units).map((row, i) => row.map((_, j) => Number(i === offsetOf(inputs, k) + j)))]));
      const all = pathsTo(nodes, total, seeds);
      const model = modelOf(nodes);
      const result = analyze(model);
      expect(all.map((row, i) => row.map((_, k) => result.paths(i, k)))).toEqual(all);
      expect(result.reachability.toArray()).toEqual(all.map((row) => row.map((paths) => Number(paths > 0))));
      expect(result.deadInputs).toEqual(all.flatMap((row, i) => (row.some((paths) => paths > 0) ? [] : [i])));
      expect(result.unreachableOutputs).toEqual(all[0]!.flatMap((_, k) => (all.some((row) => row[k]! > 0) ? [] : [k])));
      result.layers.forEach(({ name, outputs, nnz, params }, layer) => {
        const node = Number(name.slice('layer_'.length));
        const from = pathsTo(nodes.slice(0, node + 1), total, seeds);
        const onward = pathsTo(nodes, outputs, new Map([...nodes.flatMap(({ kind, units }, k) => (kind === 'input' ? [[k, zeros(outputs, units)] as const] : [])), [node, identity(outputs)]]));
        const isLast = node === nodes.length - 1;
        const dead = Array.from({ length: outputs }, (_, unit) => unit).filter((unit) => !isLast && !(from.some((row) => row[unit]! > 0) && onward[unit]!.some((paths) => paths > 0)));
        expect(result.deadUnits.filter((found) => found.layer === layer).map(({ unit }) => unit), name).toEqual(dead);
        expect(result.receptiveField(name, outputs - 1)).toEqual(from.flatMap((row, i) => (row[outputs - 1]! > 0 ? [i] : [])));
        expect([nnz, params]).toEqual([nodes[node]!.wiring!.flat().filter(Boolean).length, nnz + outputs]);
      });
      expect(JSON.parse(JSON.stringify(result))).toMatchObject({ deadInputs: result.deadInputs, deadUnits: result.deadUnits });
      for (const variable of model.weights) variable.dispose();
    }),
    { numRuns: 60 },
  );
});

const offsetOf = (sizes: readonly number[], k: number): number => sizes.slice(0, k).reduce((sum, size) => sum + size, 0);

it('case 28: a net without its dead units gives the same outputs', () => {
  const sides = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(
      sides.chain((sizes) => fc.tuple(...sizes.slice(1).map((units, layer) => matrix(sizes[layer]!, units)))),
      fc.integer({ min: 1, max: 1000 }),
      (matrices, seed) => {
        const build = (list: readonly Matrix[]) => tf.sequential({ layers: list.map((rows, layer) => maskedDense({ connections: Mask.from(rows), activation: 'tanh', useBias: false, ...(layer === 0 && { inputShape: [rows.length] }) })) });
        const model = build(matrices);
        const { deadUnits } = analyze(model);
        const kept = matrices.map((rows, layer) => rows[0]!.map((_, unit) => unit).filter((unit) => layer === matrices.length - 1 || !deadUnits.some((dead) => dead.layer === layer && dead.unit === unit)));
        // A net in which a whole layer is dead has no smaller one.
        fc.pre(kept.every((units) => units.length > 0));
        const rowsOf = (layer: number): number[] => (layer === 0 ? matrices[0]!.map((_, i) => i) : kept[layer - 1]!);
        const small = build(matrices.map((rows, layer) => rowsOf(layer).map((i) => kept[layer]!.map((j) => rows[i]![j]!))));
        tf.tidy(() => {
          const weights = matrices.map((rows, k) => tf.randomNormal<tf.Rank.R2>([rows.length, rows[0]!.length], 0, 1, 'float32', seed + k));
          model.setWeights(weights);
          small.setWeights(weights.map((kernel, layer) => kernel.gather(rowsOf(layer), 0).gather(kept[layer]!, 1)));
          const x = tf.randomNormal([3, matrices[0]!.length], 0, 1, 'float32', seed);
          expect((small.predict(x) as Tensor).arraySync()).toEqual((model.predict(x) as Tensor).arraySync());
        });
        const again = analyze(small);
        expect([again.deadUnits, again.deadInputs]).toEqual([[], analyze(model).deadInputs]);
        for (const variable of [...model.weights, ...small.weights]) variable.dispose();
      },
    ),
    { numRuns: 60 },
  );
});

it('case 27: a convolution of any settings reaches what its Jacobian says', () => {
  const settings = fc.record({
    height: fc.integer({ min: 3, max: 6 }),
    width: fc.integer({ min: 3, max: 5 }),
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    padding: fc.constantFrom('valid' as const, 'same' as const),
    dataFormat: fc.constantFrom('channelsFirst' as const, 'channelsLast' as const),
    connections: matrix(2, 3),
  });
  fc.assert(
    fc.property(settings, ({ height, width, connections, dataFormat, ...rest }) => {
      const shape = dataFormat === 'channelsLast' ? [height, width, 2] : [2, height, width];
      const model = tf.sequential({ layers: [maskedConv2d({ ...rest, dataFormat, connections: Mask.from(connections), inputShape: shape })] });
      const size = shape.reduce((a, b) => a * b, 1);
      const jacobian = tf.tidy(() => {
        model.setWeights(model.getWeights().map(({ shape: own }) => tf.ones(own)));
        const at = (x: Tensor) => (model.predict(x.reshape([-1, ...shape])) as Tensor).reshape([x.shape[0], -1]);
        return at(tf.eye(size)).sub(at(tf.zeros([1, size]))).greater(0.5).toInt().arraySync() as Matrix;
      });
      const result = analyze(model);
      expect(result.reachability.toArray()).toEqual(jacobian);
      expect(result.layers[0]!.nnz).toBe(jacobian.flat().filter(Boolean).length);
      expect([...result.layers[0]!.inDegree]).toEqual(jacobian[0]!.map((_, k) => jacobian.filter((row) => row[k]).length));
      for (const variable of model.weights) variable.dispose();
    }),
    { numRuns: 40 },
  );
});

it('counts more paths than a number holds exactly, rounded', () => {
  const full = Mask.from({ shape: [20, 20], edges: Array.from({ length: 400 }, (_, k): [number, number] => [Math.floor(k / 20), k % 20]) });
  expect(analyze(new Array<Mask>(14).fill(full)).paths(3, 4)).toBe(20 ** 13);
});
