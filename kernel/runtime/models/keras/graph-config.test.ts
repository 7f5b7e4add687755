import { describe, expect, it } from 'vitest';
import { graphConfig, type GraphLayer } from './graph-config.js';

const tensor = (...history: unknown[]) => ({ class_name: '__keras_tensor__', config: { shape: [null, 2], keras_history: history } });
const called = (...args: unknown[]) => ({ args, kwargs: {} });
const layer = (name: string, inboundNodes: unknown[] = [], kind: GraphLayer['kind'] = inboundNodes.length > 0 ? 'layer' : 'input'): GraphLayer => ({ name, tfjsName: name.toUpperCase(), kind, inboundNodes });
const ends = { input_layers: [['in', 0, 0]], output_layers: [['end', 0, 0]] };
const graph = (...nodes: unknown[]) => () => graphConfig([layer('in'), layer('end', nodes)], ends);

describe('graphConfig', () => {
  it('writes what Keras 3 and Keras 2 write in one form', () => {
    const want = { inboundNodes: [[], [[['IN', 0, 0, {}]]]], inputs: [['IN', 0, 0]], outputs: [['END', 0, 0]] };
    expect(graph(called(tensor('in', 0, 0)))()).toEqual(want);
    expect(graph([['in', 0, 0, {}]])()).toEqual(want);
    expect(graph({ args: [[tensor('in', 0, 0)]], kwargs: { training: false, mask: null } })()).toEqual(want);
    expect(graph(called({ class_name: '__tuple__', items: [tensor('in', 0, 0)] }))()).toEqual(want);
  });

  it('takes ends without a list around them, and ends with names, sorted', () => {
    const layers = [layer('b'), layer('a'), layer('end', [called([tensor('a', 0, 0), tensor('b', 0, 0)])])];
    const config = { input_layers: { y: ['a', 0, 0], x: ['b', 0, 0] }, output_layers: ['end', 0, 0] };
    expect(graphConfig(layers, config)).toMatchObject({ inputs: [['B', 0, 0], ['A', 0, 0]], outputs: [['END', 0, 0]] });
  });

  it.each([0, 1])('counts calls of a model as TensorFlow.js does, whether Keras starts at 0 or at 1 (%i)', (first) => {
    const layers = [layer('in'), layer('net', [called(tensor('in', 0, 0)), called(tensor('net', first, 0))], 'model'), layer('end', [called(tensor('net', first + 1, 0))])];
    expect(graphConfig(layers, ends).inboundNodes).toEqual([[], [[['IN', 0, 0, {}]], [['NET', 1, 0, {}]]], [[['NET', 2, 0, {}]]]]);
  });

  it.each([
    [called(tensor('in', 0, 0), 2), 'has the layer end called with 2, which is no tensor and cannot be read'],
    [called(), 'has the layer end called without tensors'],
    [{ args: [tensor('in', 0, 0)], kwargs: { mask: tensor('in', 0, 0), axis: 1 } }, 'has the layer end called with mask, axis, which cannot be read'],
    [[['in', 0, 0, { training: true }]], 'has the layer end called with training, which cannot be read'],
    [called(tensor('in', -1, 0)), 'has the layer end with a tensor that cannot be read: ["in",-1,0]'],
    ['in', 'has the layer end with a call that cannot be read: "in"'],
    [called(tensor('out', 0, 0)), 'wait for call 0 of out, which never comes'],
  ])('says what it cannot follow (%#)', (node, message) => {
    expect(graph(node)).toThrow(message);
  });
});
