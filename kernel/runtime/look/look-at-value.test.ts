import { beforeAll, describe, expect, it } from 'vitest';
import { maskedConv2d, maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { ready, tf } from '../tf/index.js';
import { lookAtValue, propertyOf } from './look-at-value.js';

beforeAll(() => ready);

const A = Mask.from(['X.', '.X', '..']);
const look = (value: object, layer?: string) => lookAtValue(value, { title: 'x', layer });

function modelOf() {
  const model = tf.sequential();
  model.add(maskedDense({ units: 2, connections: A, inputShape: [3], name: 'first' }));
  model.add(tf.layers.activation({ activation: 'tanh' }));
  model.add(tf.layers.dense({ units: 1, name: 'last' }));
  return model;
}

describe('what is drawn', () => {
  it('of a mask its connections', () => {
    expect(look(A)).toMatchObject({ status: 'drawn', look: { matrix: { what: 'a Mask', mime: 'application/vnd.patchbay.mask+json', analysis: { nnz: 2, deadInputs: { count: 1, first: ['2'] } } } } });
  });

  it('of a masked layer its live weights; before it has any, its mask', () => {
    const layer = maskedDense({ units: 2, connections: A });
    expect(look(layer)).toMatchObject({ look: { matrix: { what: 'a MaskedDense layer', mime: 'application/vnd.patchbay.mask+json', note: expect.stringMatching(/no weights yet/) } } });
    expect(look(modelOf().layers[0]!)).toMatchObject({ look: { matrix: { mime: 'application/vnd.patchbay.kernel+json', analysis: { nnz: 2 } } } });
  });

  it('of a convolution its places times channels', () => {
    const model = tf.sequential();
    model.add(maskedConv2d({ kernelSize: 3, filters: 2, connections: [[1, 0]], inputShape: [5, 5, 1] }));
    expect(look(model.layers[0]!)).toMatchObject({ look: { matrix: { analysis: { inputs: 9, outputs: 2, nnz: 9 } } } });
  });

  it('of a stock layer the weights that are not 0, and says so', () => {
    const layer = modelOf().layers[2]!;
    layer.setWeights([tf.tensor2d([[1], [0]]), tf.zeros([1])]);
    expect(look(layer)).toMatchObject({ look: { matrix: { note: 'A Dense layer has no mask: every weight that is not 0 counts as a connection.', analysis: { nnz: 1 } } } });
  });

  it('of a 2-D tensor what is not 0', () => {
    expect(look(tf.tensor2d([[0.5, 0, 2]]))).toMatchObject({ look: { matrix: { what: 'a tensor of shape [1, 3]', note: expect.stringMatching(/not 0/), analysis: { nnz: 2 } } } });
    expect(look(tf.tensor2d([[true, false]], [1, 2], 'bool'))).toMatchObject({ look: { matrix: { mime: 'application/vnd.patchbay.mask+json', analysis: { nnz: 1 } } } });
  });

  it('of a model the first masked layer, or the one that is chosen, and the analysis of the net', () => {
    const model = modelOf();
    const reply = look(model);
    expect(reply).toMatchObject({ status: 'drawn', look: { matrix: { analysis: { nnz: 2 } }, net: { what: 'a Sequential of 3 layers', layer: '0 first', layers: [{ key: '0 first', label: 'first: MaskedDense, 3 × 2' }, { key: '1 last', label: 'last: Dense, 2 × 1' }], report: { deadInputs: { count: 1, first: ['2'] }, deadUnits: { count: 0 }, unreachableOutputs: { count: 0 } } } } });
    expect(look(model, '1 last')).toMatchObject({ look: { matrix: { analysis: { inputs: 2, outputs: 1 } }, net: { layer: '1 last' } } });
    expect(look(model, '7 gone')).toMatchObject({ look: { net: { layer: '0 first' } } });
  });

  it('of a list of masks one of them, and the net that they make', () => {
    const reply = look(masks.made({ inputs: 3, hidden: [4], seed: 1 }), '1');
    expect(reply).toMatchObject({ look: { matrix: { analysis: { inputs: 4, outputs: 3 } }, net: { what: 'a list of 2 masks', layer: '1', report: { unreachableOutputs: { count: 1, first: ['0'] } } } } });
  });

  it('of a net whose wiring is not known its layers, and says why the rest is missing', () => {
    const model = tf.sequential();
    model.add(maskedDense({ units: 4, connections: masks.dense(4, 4), inputShape: [2, 4] }));
    model.add(tf.layers.lstm({ units: 2 }));
    expect(look(model)).toMatchObject({ status: 'drawn', look: { net: { reportProblem: expect.stringMatching(/^The whole net is not analysed: layer lstm_LSTM\d+: how a LSTM connects its units is not known/) } } });
  });
});

describe('what is not drawn is named', () => {
  it.each<[() => object, string]>([
    [() => tf.tensor1d([1, 0]), '`x` is a tensor of shape [2], not a mask. A mask has rows and columns: reshape it to [inputs, outputs], as in x.reshape([2, 1]).'],
    [() => tf.zeros([2, 3, 4]), '`x` is a tensor of shape [2, 3, 4], not a mask. A mask has rows and columns: reshape it to [inputs, outputs], as in x.reshape([6, 4]).'],
    [() => tf.scalar(1), 'x.reshape([1, 1])'],
    [() => tf.tensor2d([['a']], [1, 1], 'string'), 'is a tensor of shape [1, 1] of strings, not a mask.'],
    [() => tf.zeros([0, 3]), 'A mask has at least one input'],

    [() => tf.sequential(), 'is a Sequential of 0 layers, none of which has a matrix of weights yet. Give its first layer an inputShape'],
    [() => tf.layers.flatten(), 'is a Flatten layer without a matrix of weights'],
    [() => tf.layers.dense({ units: 2 }), 'add it to a model that knows its input shape first'],
  ])('%#', (make, sentence) => {
    const reply = look(make());
    expect(reply?.status).toBe('noMask');
    expect(reply !== undefined && 'problem' in reply && reply.problem).toContain(sentence);
  });

  it('says that a tensor was disposed', () => {
    const gone = tf.zeros([2, 2]);
    gone.dispose();
    expect(look(gone)).toMatchObject({ status: 'noMask', problem: expect.stringMatching(/was disposed/) });
  });

  it('leaves values of other kinds to others', () => {
    for (const value of [{}, [], [A, 1], new Map()]) expect(look(value)).toBeUndefined();
  });
});

it('knows the getters of its own classes, and no others', () => {
  const [layer] = modelOf().layers;
  expect(propertyOf(layer!, 'mask')).toEqual({ value: A });
  expect(propertyOf(layer!, 'constructor')).toBeUndefined();
  expect(propertyOf({ get mask() { throw new Error('run'); } }, 'mask')).toBeUndefined();
});
