import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { parseBoundaryView } from '../../model/views/boundary/boundary-payload.js';
import type { BoundaryView } from '../../model/views/boundary/boundary-view.js';
import { connectionsKey } from '../../model/views/connections-key.js';
import { parseDegreesView } from '../../model/views/degrees/degrees-view.js';
import { BOUNDARY_MIME, DEGREES_MIME, NETWORK_MIME } from '../../model/views/media-types.js';
import { parseNetworkView } from '../../model/views/network/network-payload.js';
import type { NetworkView } from '../../model/views/network/network-view.js';
import { VIEW_TARGET } from '../../model/views/view-channel.js';
import { DISPLAY_METHOD } from '../display/bundle-of.js';
import { maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { train } from '../train/train.js';
import { show } from './index.js';

await ready;
const A = Mask.from([[1, 1, 0], [1, 1, 0]]);
let host: RecordingHost;
beforeEach(() => installHost((host = new RecordingHost())));
afterEach(removeHost);
const payload = (mime: string): unknown => host.shown.at(-1)?.data[mime];
// SAFETY: a problem would fail the test at once.
const network = (): NetworkView => parseNetworkView(payload(NETWORK_MIME)) as NetworkView;
// SAFETY: as above.
const boundary = (): BoundaryView => parseBoundaryView(payload(BOUNDARY_MIME)) as BoundaryView;

/** XOR by hand: or, and, or without and. */
function xor() {
  const model = tf.sequential({
    layers: [
      maskedDense({ name: 'hidden', connections: A, activation: 'sigmoid', inputShape: [2] }),
      tf.layers.dense({ name: 'out', units: 1, activation: 'sigmoid' }),
    ],
  });
  model.setWeights([tf.tensor2d([[20, 20, 0], [20, 20, 0]]), tf.tensor1d([-10, -30, 0]), tf.tensor2d([[20], [-20], [0]]), tf.tensor1d([-10])]);
  return model;
}
const XS = [[0, 0], [0, 1], [1, 0], [1, 1]];
const YS = [0, 1, 1, 0];

describe('show.network', () => {
  it('shows payload, sentence and picture of a model', () => {
    show.network(xor(), { names: { inputs: ['x', 'y'], outputs: ['xor'] } });
    const [{ data, picture }] = host.shown as [(typeof host.shown)[number]];
    expect(Object.keys(data)).toEqual([NETWORK_MIME, 'text/plain']);
    expect(data['text/plain']).toBe('Network: inputs (2 units) → hidden (3) → out (1), 7 connections. Weights from −20 to 20. 1 unit without inputs (hidden 2).');
    expect(picture).toMatch(/^<svg .*hidden.*3 units/s);
    const view = network();
    expect(view.groups.map(({ name, names, bias }) => [name, names, bias && [...bias]])).toEqual([['inputs', ['x', 'y'], undefined], ['hidden', undefined, [-10, -30, 0]], ['out', ['xor'], [-10]]]);
    expect(view.links.map(({ from, to, values }) => [from, to, [...values!]])).toEqual([[0, 1, [20, 20, 20, 20]], [1, 2, [20, -20, 0]]]);
    // The same name as the matrix of this mask has: one selection for both.
    expect(view.links[0]!.layer).toBe(connectionsKey(A.data));
  });

  it('joins what a concatenation hands on to what reads it: connections that skip a layer', () => {
    const input = tf.input({ shape: [2] });
    const hidden = maskedDense({ name: 'hidden', connections: A }).apply(input);
    const both = tf.layers.concatenate().apply([input, hidden] as never);
    const out = maskedDense({ name: 'out', connections: [[1], [0], [0], [1], [1]] }).apply(tf.layers.activation({ activation: 'tanh' }).apply(both));
    show.network(tf.model({ inputs: input, outputs: out as never }));
    const view = network();
    expect(view.groups.map(({ name }) => name)).toEqual(['inputs', 'hidden', 'out']);
    expect(view.links.map(({ from, to, nnz, rowOffset }) => [from, to, nnz, rowOffset])).toEqual([[0, 1, 4, 0], [0, 2, 1, 0], [1, 2, 2, 2]]);
  });

  it('draws convolutions by their wiring, and names layers that it does not know', () => {
    show.network(tf.sequential({ layers: [tf.layers.conv2d({ name: 'conv', filters: 1, kernelSize: 2, inputShape: [3, 3, 1] }), tf.layers.flatten(), tf.layers.dense({ name: 'out', units: 1 })] }));
    expect(network().links.map(({ nnz, values }) => [nnz, values?.length])).toEqual([[16, undefined], [4, 4]]);
    show.network(tf.sequential({ layers: [tf.layers.simpleRNN({ name: 'rnn', units: 2, inputShape: [3, 1] }), tf.layers.dense({ name: 'out', units: 1 })] }));
    expect(host.texts.at(-1)).toContain('Not drawn inside: rnn (SimpleRNN).');
  });

  it('takes masks, and reads a model again when update names no other', () => {
    const handle = show.network([A, Mask.from([[1], [1], [1]])]);
    expect(network().links.map(({ values, nnz }) => [values, nnz])).toEqual([[undefined, 4], [undefined, 3]]);
    handle.update(A);
    expect(network().groups.map(({ units }) => units)).toEqual([2, 3]);
    const model = xor();
    const shown = show.network(model);
    model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight)));
    shown.update();
    expect(host.texts.at(-1)).toContain('Weights from 0 to 0.');
    expect(shown[DISPLAY_METHOD]()).toEqual({});
  });

  it('pins the units that are asked for', () => {
    show.network(tf.sequential({ layers: [tf.layers.dense({ name: 'wide', units: 40, inputShape: [30] })] }), { units: [{ layer: 'wide', unit: 7 }, { layer: 0, unit: 3 }] });
    expect(network().pins).toEqual([{ group: 1, unit: 7 }, { group: 0, unit: 3 }]);
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['nothing', undefined, {}, /show\.network is undefined, expected a tfjs model, a Mask, or an array of Masks/],
    ['no masks', [], {}, /show\.network is \[\], expected a tfjs model/],
    ['masks that do not follow each other', [A, A], {}, /mask 0 has 3 outputs, but mask 1 has 2 inputs/],
    ['something among masks', [A, 5], {}, /entry 1 is 5, expected a Mask/],
    ['a layer', maskedDense({ connections: A, inputShape: [2] }), {}, /show\.kernel draws one layer/],
    ['names of no layer', A, { names: { nowhere: ['a'] } }, /there is no layer "nowhere"; there are "inputs", "mask 0"/],
    ['too few names', A, { names: { inputs: ['a'] } }, /names\.inputs is an array of 1, expected an array of 2 names/],
    ['a unit that is not there', A, { units: [{ layer: 'outputs', unit: 3 }] }, /units\[0\]\.unit is 3, expected a unit of mask 0, from 0 to 2/],
    ['a model without shape', tf.sequential(), {}, /no input shape yet/],
  ])('refuses %s, and shows nothing', (_, value, options, message) => {
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.network(value, options)).toThrow(message);
    expect(host.shown).toEqual([]);
  });
});

describe('show.degrees', () => {
  it('shows payload, sentence and picture, and updates in place', () => {
    const handle = show.degrees(A, { title: 'A' });
    expect(Object.keys(host.shown[0]!.data)).toEqual([DEGREES_MIME, 'text/plain']);
    expect(host.texts[0]).toMatch(/^Degrees of “A”: 2 inputs × 3 outputs, 4 of 6 connected \(66\.7 %\)\..*1 output without inputs \(2\)\.$/);
    expect(host.shown[0]!.picture).toMatch(/^<svg /);
    expect(parseDegreesView(payload(DEGREES_MIME))).toMatchObject({ layer: connectionsKey(A.data), inputs: 2, outputs: 3 });
    handle.update([[1], [1]]);
    expect(host.shown.map(({ displayId, update }) => [displayId, update])).toEqual([[handle.displayId, false], [handle.displayId, true]]);
  });

  it('refuses what is no mask', () => {
    // @ts-expect-error a wrong argument
    expect(() => show.degrees(3)).toThrow(/show\.degrees is 3, expected a Mask/);
  });
});

describe('show.boundary', () => {
  it('shows what the net answers, computed on a grid of 100 × 100, and each unit', () => {
    show.boundary(xor(), { xs: XS, ys: YS }, { names: ['x', 'y'], classes: ['same', 'different'] });
    const view = boundary();
    expect([view.outputs, view.maps.map(({ layer, unit, side }) => [layer, unit, side])]).toEqual([1, [['out', 0, 100], ['hidden', 0, 50], ['hidden', 1, 50], ['hidden', 2, 50]]]);
    expect(view).toMatchObject({ axisNames: ['x', 'y'], classNames: ['same', 'different'], right: 4, unmapped: 0, moreConnections: 0 });
    expect(view.connections.map(({ layer, row, column, weight }) => [layer, row, column, weight])).toContainEqual(['out', 1, 0, -20]);
    // (0, 1) is in the middle of the upper left quarter.
    const at = (x: number, y: number): number => view.maps[0]!.values[Math.floor((1 - (y - view.y.min) / (view.y.max - view.y.min)) * 100) * 100 + Math.floor(((x - view.x.min) / (view.x.max - view.x.min)) * 100)]!;
    expect([at(0, 0), at(0, 1), at(1, 0), at(1, 1)].map((value) => Math.round(value))).toEqual(YS);
    expect(host.texts[0]).toMatch(/^Decision boundary, x from −0\.12 to 1\.12, .* 4 of 4 points are on the right side \(100\.0 %\)\.$/);
    expect(host.shown[0]!.picture).toContain('different');
  });

  it.each<[string, unknown]>([
    ['names', { x: XS, y: YS }],
    ['a pair', [XS, YS]],
    ['tensors', { xs: tf.tensor2d(XS), ys: tf.tensor2d(YS, [4, 1]) }],
    ['typed arrays', { xs: XS.map((row) => Float32Array.from(row)), ys: Float32Array.from(YS) }],
  ])('takes points by %s', (_, data) => {
    // @ts-expect-error the table holds values of many types
    show.boundary(xor(), data);
    expect(boundary()).toMatchObject({ right: 4, points: { total: 4 }, classNames: ['0', '1'] });
  });

  it('takes points alone, labels of −1 and 1, one-hot rows, measured labels', () => {
    show.boundary(xor(), XS);
    expect(boundary()).toMatchObject({ classNames: ['points'], points: { total: 4 } });
    expect(boundary().right).toBe(undefined);
    show.boundary(xor(), { xs: XS, ys: [-1, 1, 1, -1] });
    expect(boundary().maps[0]!.threshold).toBe(0);
    const soft = tf.sequential({ layers: [tf.layers.dense({ units: 3, activation: 'softmax', inputShape: [2] })] });
    show.boundary(soft, { xs: XS, ys: [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]] });
    expect([boundary().outputs, boundary().classNames]).toEqual([3, ['0', '1', '2']]);
    show.boundary(xor(), { xs: Array.from({ length: 40 }, (_, at) => [at / 40, 0.1]), ys: Array.from({ length: 40 }, (_, at) => at / 40) });
    expect(boundary().classNames).toEqual(['below 0.5', '0.5 or more']);
  });

  it('is live as a callback of a training: at most ten times a second, and the last state has its picture', async () => {
    const model = xor();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const handle = show.boundary(model, { xs: XS, ys: YS }, { resolution: 20 });
    const started = performance.now();
    await train(model, tf.tensor2d(XS), tf.tensor2d(YS, [4, 1]), { epochs: 60, show: false, callbacks: handle });
    const mine = host.shown.filter(({ displayId }) => displayId === handle.displayId);
    expect(mine.length).toBeLessThanOrEqual(3 + (performance.now() - started) / 100);
    expect(mine.length).toBeGreaterThanOrEqual(2);
    expect([mine.at(-1)!.update, mine.at(-1)!.picture !== undefined, mine.slice(1, -1).every(({ picture }) => picture === undefined)]).toEqual([true, true, true]);
  });

  it('draws the last of many updates, later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const handle = show.boundary(xor(), { xs: XS, ys: YS }, { resolution: 10 });
    for (let k = 0; k < 30; k++) handle.update();
    expect(host.shown).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(150);
    expect(host.shown).toHaveLength(2);
    vi.useRealTimers();
  });

  describe('asked by a renderer what it looks like without a connection', () => {
    const ask = (data: unknown): unknown => {
      const view = boundary().serves;
      const message = { metadata: {}, buffers: [] };
      host.commListener({ ...message, type: 'comm_open', id: 'c', target: VIEW_TARGET, data: { view } });
      host.commListener({ ...message, type: 'comm_msg', id: 'c', data });
      return host.comms.at(-1)?.data;
    };

    it('computes it with that weight 0, and puts the weight back exactly', () => {
      const model = xor();
      show.boundary(model, { xs: XS, ys: YS });
      const before = model.getWeights().map((weight) => [...weight.dataSync()]);
      const { key } = boundary().connections.find(({ layer }) => layer === 'out')!;
      const answer = ask({ cut: { layer: 'out', key, row: 1, column: 0 } }) as { boundary: unknown };
      // Without "and not both" the net is an or: three points of four are right.
      expect(parseBoundaryView(answer.boundary)).toMatchObject({ right: 3, cut: { layer: 'out', row: 1, column: 0 } });
      expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
      expect(ask({ cut: { layer: 'hidden', key: boundary().connections[0]!.key, row: 0, column: 1 } })).toHaveProperty('boundary');
    });

    it('says what it cannot do', () => {
      show.boundary(xor(), { xs: XS, ys: YS });
      const { key } = boundary().connections[0]!;
      expect(ask({ cut: { layer: 'hidden', key, row: 0, column: 2 } })).toEqual({ problem: 'The net no longer has this connection.' });
      expect(ask({ cut: { layer: 'hidden', key: 'none', row: 0, column: 0 } })).toEqual({ problem: 'The net no longer has this connection.' });
      expect(ask(7)).toEqual({ problem: 'the message is 7, expected an object' });
    });
  });

  it.each<[string, unknown, unknown, unknown, RegExp]>([
    ['no model', 5, XS, {}, /show\.boundary: model is 5, expected a tfjs model/],
    ['a model of three inputs', tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] }), XS, {}, /a model with inputs \[3\]", expected a model with two inputs, \[2\]\. A boundary is drawn over a plane/],
    ['no points', xor(), undefined, {}, /data is undefined, expected \{ xs, ys \}/],
    ['points of three numbers', xor(), [[1, 2, 3]], {}, /"points of 3 numbers", expected points of two numbers/],
    ['a point at infinity', xor(), [[1, Infinity]], {}, /point 0, number 1 is Infinity, expected a finite number/],
    ['too few labels', xor(), { xs: XS, ys: [1] }, {}, /"1 labels", expected 4, one for each point/],
    ['a grid too fine', xor(), XS, { resolution: 1000 }, /resolution is 1000, expected a whole number from 10 to 200/],
    ['a range that is none', xor(), XS, { range: [[0, 1], [1, 0]] }, /range is .*each ascending/],
  ])('refuses %s', (_, model, data, options, message) => {
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.boundary(model, data, options)).toThrow(message);
    expect(host.shown).toEqual([]);
  });
});
