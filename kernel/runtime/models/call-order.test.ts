import { describe, expect, it } from 'vitest';
import { checkCalls, type CalledLayer, type TensorPlace } from './call-order.js';

const layer = (name: string, calls: TensorPlace[][] = [], first = 0): CalledLayer => ({ name, isInput: name === 'in', calls, first });
const check = (layers: CalledLayer[], outputs: TensorPlace[] = [['end', 0, 0]], inputs: TensorPlace[] = [['in', 0, 0]]) => () => checkCalls(layers, { inputs, outputs });

describe('checkCalls', () => {
  it('takes layers in any order, and layers that are called more than once', () => {
    expect(check([layer('end', [[['b', 1, 0]]]), layer('b', [[['in', 0, 0]], [['b', 0, 0]]]), layer('in')])).not.toThrow();
  });

  it('counts the calls of a model from its own number', () => {
    const net = (call: number) => [layer('in'), layer('model', [[['in', 0, 0]]], 1), layer('end', [[['model', call, 0]]])];
    expect(check(net(1))).not.toThrow();
    expect(check(net(2))).toThrow('has the layer end wait for call 2 of model, which never comes');
  });

  it('names the layer that waits: for one that is not there, for itself, for a circle', () => {
    expect(check([layer('in'), layer('end', [[['gone', 0, 0]]])])).toThrow('has the layer end wait for call 0 of gone, which never comes');
    expect(check([layer('in'), layer('a'), layer('end', [[['a', 0, 0]]])])).toThrow('has the layer end wait for call 0 of a');
    expect(check([layer('in'), layer('end', [[['end', 0, 0]]])])).toThrow('has the layer end wait for call 0 of end');
    expect(check([layer('in'), layer('a', [[['in', 0, 0], ['end', 0, 0]]]), layer('end', [[['a', 0, 0]]])])).toThrow('has the layer a wait for call 0 of end');
  });

  it('names an end that is not there', () => {
    const net = [layer('in'), layer('end', [[['in', 0, 0]]])];
    expect(check(net, [['end', 1, 0]])).toThrow('has a functional model whose outputs name call 1 of end, which is not there');
    expect(check(net, [['end', 0, 0]], [])).toThrow('has a functional model without inputs');
    expect(check(net, [])).toThrow('has a functional model without outputs');
  });
});
