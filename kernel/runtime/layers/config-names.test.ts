import { describe, expect, it } from 'vitest';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { CustomConnected, maskedConv2d, maskedDense } from './index.js';

await ready;
const A = [[1, 0], [0, 1], [1, 1]];

describe('names in a configuration', () => {
  it.each([
    ['connection', 'connections'], ['mask', 'connections'], ['masks', 'connections'], ['kernel_mask', 'connections'], ['bias_mask', 'biasMask'], ['biasmask', 'biasMask'], ['use_bias', 'useBias'],
    ['kernel_initializer', 'kernelInitializer'], ['activations', 'activation'], ['input_shape', 'inputShape'], ['bias', 'useBias'], ['Fan', 'fan'],
  ])('%s was meant to be %s', (name, meant) => {
    const message = `maskedDense: there is no option ${name}, did you mean ${meant}?`;
    expect(() => maskedDense({ connections: A, [name]: 1 })).toThrow(message);
    expect(() => CustomConnected(2, A, { [name]: 1 })).toThrow(message);
    if (meant === 'connections') expect(() => maskedDense({ [name]: A } as never)).toThrow(message);
  });

  it('of a convolution', () => {
    expect(() => maskedConv2d({ connections: [[1]], kernel_size: 3 } as never)).toThrow('maskedConv2d: there is no option kernel_size, did you mean kernelSize?');
    expect(() => maskedConv2d({ connections: [[1]], kernelSize: 3, stride: 2 } as never)).toThrow('did you mean strides?');
    expect(() => maskedConv2d({ connections: [[1]], kernelSize: 3, units: 2 } as never)).not.toThrow();
  });

  it('that are nothing like an option are ignored, as tfjs ignores them, and so are those without a value', () => {
    expect(maskedDense({ connections: A, note: 'mine', mask: undefined } as never).mask.equals(Mask.from(A))).toBe(true);
  });

  it('what getConfig gives makes the layer again', () => {
    for (const layer of [maskedDense({ connections: A, inputShape: [3] }), maskedConv2d({ connections: A, kernelSize: 2 })]) {
      const { constructor: Layer } = layer as unknown as { constructor: new (config: object) => { mask: Mask } };
      expect(new Layer(layer.getConfig()).mask.equals(layer.mask)).toBe(true);
    }
  });
});

it('case 34: says which value of a configuration is wrong', () => {
  expect(() => maskedDense(A as never)).toThrow('maskedDense is an array of 3, expected an object such as { connections: ');
  expect(() => (maskedDense as () => unknown)()).toThrow('maskedDense is undefined, expected an object');
  expect(() => maskedDense({ connections: A, units: '2' as never })).toThrow('maskedDense: units is "2", expected a whole number of at least 1');
  expect(() => maskedDense({ connections: A, fan: 'in' as never })).toThrow("maskedDense: fan is \"in\", expected 'live' or 'dense'");
  expect(() => maskedDense({ connections: [[1, 2]] })).toThrow('row 0, column 1 is 2');
  expect(() => maskedDense({ connections: A, biasMask: 'none' as never })).toThrow(/biasMask is "none", expected 'auto' or a 0\/1 vector of 2 entries/);
  expect(() => maskedDense({ connections: A, kernelConstraint: 3 as never })).toThrow(/kernelConstraint is 3, expected 'maxNorm'/);
  expect(() => tf.sequential({ layers: [maskedDense({ connections: A, inputShape: [4] })] })).toThrow('[3, 2] but this layer needs [inputs, outputs] = [4, any]');
});
