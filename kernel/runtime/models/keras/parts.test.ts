import { describe, expect, it } from 'vitest';
import { partFromKeras } from './parts.js';

const part = (key: string, value: unknown, version = 3) => {
  const left: string[] = [];
  return { part: partFromKeras('layer a', key, value, { version, leaveOut: (what) => left.push(what) }), left };
};
const keras = (className: string, config: object) => ({ module: 'keras.anything', class_name: className, config, registered_name: null });

describe('regularizers', () => {
  it.each([
    [keras('L1', { l1: 0.5 }), { l1: 0.5, l2: 0 }],
    [keras('L2', { l2: 0.5 }), { l1: 0, l2: 0.5 }],
    [keras('L1L2', { l1: 0.25, l2: 0.5 }), { l1: 0.25, l2: 0.5 }],
    // By name alone Keras's defaults hold.
    ['l2', { l1: 0, l2: 0.01 }],
    ['l1', { l1: 0.01, l2: 0 }],
    ['l1_l2', { l1: 0, l2: 0 }],
  ])('%j has the factors %j', (value, config) => {
    expect(part('kernel_regularizer', value)).toEqual({ part: { class_name: 'L1L2', config }, left: [] });
  });

  it('that only Keras has are left out, with a word', () => {
    expect(part('kernel_regularizer', keras('OrthogonalRegularizer', { factor: 1 }))).toEqual({ part: null, left: ['layer a: the kernel_regularizer OrthogonalRegularizer'] });
    expect(part('bias_regularizer', 7)).toEqual({ part: null, left: ['layer a: the bias_regularizer 7'] });
    expect(part('kernel_regularizer', null)).toEqual({ part: null, left: [] });
  });
});

describe('constraints', () => {
  it('keep their arguments', () => {
    expect(part('kernel_constraint', keras('MaxNorm', { max_value: 3, axis: 0 })).part).toEqual({ class_name: 'MaxNorm', config: { max_value: 3, axis: 0 } });
  });

  it('of one\'s own are left out, with a word', () => {
    expect(part('bias_constraint', keras('my>Own', {}))).toEqual({ part: null, left: ['layer a: the bias_constraint my>Own'] });
  });
});

describe('initializers', () => {
  it('have their names in TensorFlow.js, and a seed that is a number', () => {
    expect(part('kernel_initializer', keras('LecunNormal', { seed: 3 })).part).toEqual({ class_name: 'LeCunNormal', config: { seed: 3 } });
    expect(part('kernel_initializer', keras('GlorotUniform', { seed: { class_name: 'SeedGenerator' }, input_axes: null, output_axes: null })).part).toEqual({ class_name: 'GlorotUniform', config: { seed: null } });
  });

  it('do not matter when TensorFlow.js has them not: the weights are in the file', () => {
    expect(part('kernel_initializer', keras('STFT', {}))).toEqual({ part: { class_name: 'GlorotUniform', config: {} }, left: [] });
  });
});

describe('activations', () => {
  it.each([
    ['relu', 3, 'relu'], ['silu', 3, 'swish'], ['hard_sigmoid', 3, 'hardSigmoidKeras3'], ['hard_sigmoid', 2, 'hardSigmoid'],
    [{ module: 'builtins', class_name: 'function', config: 'tanh', registered_name: 'function' }, 3, 'tanh'],
    [null, 3, null],
  ])('%j of Keras %i is %s', (value, version, name) => {
    expect(part('activation', value, version).part).toBe(name);
  });

  it('that are Python code are refused: what they compute is not in the file', () => {
    expect(() => part('activation', { class_name: 'function', config: 'my_act', registered_name: 'function' })).toThrow('has the activation my_act, which TensorFlow.js has not');
    expect(() => part('activation', keras('LeakyReLU', { negative_slope: 0.3 }))).toThrow('has the activation LeakyReLU');
  });
});

it('other arguments stay as they are', () => {
  expect([part('units', 3).part, part('kernel_size', [3, 3]).part]).toEqual([3, [3, 3]]);
});
