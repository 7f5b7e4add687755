import { describe, expect, it } from 'vitest';
import { maskedDense } from '../../layers/index.js';
import type { BuiltLayer } from './built-layers.js';
import type { Hdf5Dataset, Hdf5Group } from './hdf5.js';
import { archiveWeights, groupNames, legacyWeights, snakeCase } from './stored-weights.js';

const group = (members: Partial<Hdf5Group>): Hdf5Group => ({ attributes: {}, groups: {}, datasets: {}, ...members });
const dataset = (value: number): Hdf5Dataset => ({ shape: [1], values: Float32Array.of(value) });
const layer = maskedDense({ connections: [[1]] });
const built = (name: string, className: string, weights = 0, trained = weights, layers?: BuiltLayer[]): BuiltLayer => ({
  name,
  className,
  layer,
  shapes: new Array<number[]>(weights).fill([1]),
  trained,
  ...(layers && { layers }),
});
const values = (stored: ReadonlyMap<BuiltLayer, readonly Hdf5Dataset[]>) => Object.fromEntries([...stored].map(([{ name }, list]) => [name, list.map((entry) => entry.values[0])]));

describe('names of groups', () => {
  it.each([
    ['Dense', 'dense'], ['CustomConnected', 'custom_connected'], ['Conv2D', 'conv2d'], ['MaxPooling2D', 'max_pooling2d'], ['BatchNormalization', 'batch_normalization'],
    ['LeakyReLU', 'leaky_re_lu'], ['PReLU', 'p_re_lu'], ['ELU', 'elu'], ['Conv2DTranspose', 'conv2d_transpose'], ['SeparableConv2D', 'separable_conv2d'], ['InputLayer', 'input_layer'],
  ])('%s is %s', (className, name) => {
    expect(snakeCase(className)).toBe(name);
  });

  it('are numbered by class, whatever the layers are called', () => {
    expect(groupNames([{ className: 'Dense' }, { className: 'Flatten' }, { className: 'Dense' }, { className: 'Dense' }])).toEqual(['dense', 'flatten', 'dense_1', 'dense_2']);
  });
});

describe('a .keras archive', () => {
  const vars = (...list: number[]) => group({ groups: { vars: group({ datasets: Object.fromEntries(list.map((value, k) => [String(k), dataset(value)])) }) } });

  it('numbers weights by their names, not by their order as text', () => {
    const root = group({ groups: { layers: group({ groups: { dense: vars(...Array.from({ length: 12 }, (_, k) => k)) } }) } });
    expect(values(archiveWeights(root)([built('a', 'Dense', 12)]))).toEqual({ a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
  });

  it('has those of a model inside one level deeper, and none of a layer that is missing', () => {
    const inside = group({ groups: { layers: group({ groups: { dense: vars(3) } }) } });
    const root = group({ groups: { layers: group({ groups: { dense: vars(1, 2), sequential: inside } }) } });
    const stored = archiveWeights(root)([built('a', 'Dense', 2), built('net', 'Sequential', 0, 0, [built('b', 'Dense', 1)]), built('c', 'Dense', 1)]);
    expect(values(stored)).toEqual({ a: [1, 2], b: [3], c: [] });
  });
});

describe('an .h5 file', () => {
  const layerGroup = (names: Hdf5Group['attributes'], list: Record<string, number>) => group({ attributes: names, datasets: Object.fromEntries(Object.entries(list).map(([name, value]) => [name, dataset(value)])) });

  it('lists the weights of a layer, in one attribute or in several', () => {
    const root = group({
      groups: {
        model_weights: group({
          groups: {
            one: layerGroup({ weight_names: ['kernel', 'bias'] }, { bias: 2, kernel: 1 }),
            two: layerGroup({ weight_names0: ['kernel'], weight_names1: ['bias'] }, { kernel: 3, bias: 4 }),
            three: layerGroup({ weight_names: 'bias' }, { bias: 5 }),
            a: group({ groups: { b: layerGroup({ weight_names: ['kernel'] }, { kernel: 6 }) } }),
          },
        }),
      },
    });
    const stored = legacyWeights(root)(['one', 'two', 'three', 'a/b', 'none'].map((name) => built(name, 'Dense')));
    expect(values(stored)).toEqual({ one: [1, 2], two: [3, 4], three: [5], 'a/b': [6] });
  });

  it('has what is trained in all layers of a model inside before what is not', () => {
    const names = ['k1', 'b1', 'gamma', 'k3', 'mean', 'k2'];
    const root = group({ groups: { net: layerGroup({ weight_names: names }, Object.fromEntries(names.map((name, k) => [name, k]))) } });
    const net = built('net', 'Sequential', 0, 0, [built('first', 'Dense', 2), built('norm', 'BatchNormalization', 2, 1), built('core', 'Functional', 0, 0, [built('frozen', 'Dense', 1, 0), built('last', 'Dense', 1)])]);
    expect(values(legacyWeights(root)([net]))).toEqual({ first: [0, 1], norm: [2, 4], frozen: [5], last: [3] });
  });

  it('says what is missing, or too much', () => {
    const root = group({ groups: { a: layerGroup({ weight_names: ['kernel', 'bias'] }, { kernel: 1 }), net: layerGroup({ weight_names: ['k'] }, { k: 1 }) } });
    expect(() => legacyWeights(root)([built('a', 'Dense')])).toThrow('lists the weight bias of layer a, which is not there');
    expect(() => legacyWeights(root)([built('net', 'Sequential', 0, 0, [built('b', 'Dense', 2)])])).toThrow('holds 1 weights for layer net, whose layers have 2');
  });
});
