import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { sparseMask } from '../../../test/support/masks.js';
import { parseKernelView, type KernelView } from '../../model/views/kernel-view.js';
import { KERNEL_MIME, MASK_MIME } from '../../model/views/media-types.js';
import { VIEW_TARGET } from '../../model/views/view-channel.js';
import { maskedConv2d, maskedDense } from '../layers/index.js';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import { show } from './index.js';

await ready;
let host: RecordingHost;
beforeEach(() => installHost((host = new RecordingHost())));
afterEach(removeHost);

const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
function shown(): KernelView {
  const view = parseKernelView(JSON.parse(JSON.stringify(host.shown.at(-1)?.data[KERNEL_MIME])));
  if ('problem' in view) throw new Error(view.problem);
  return view;
}
const cells = ({ cells: drawn }: KernelView) => (drawn.kind === 'edges' ? { indptr: [...drawn.mask.indptr], indices: [...drawn.mask.indices], values: [...drawn.values!] } : undefined);

describe('what else a kernel can show', () => {
  it.each<[string, unknown]>([
    ['a tensor of its shape', tf.tensor2d([[0.1, 9], [9, 0.2], [0.3, 0.4]])],
    ['nested arrays', [[0.1, 9], [9, 0.2], [0.3, 0.4]]],
    ['packed numbers', Float32Array.of(0.1, 0.2, 0.3, 0.4)],
    ['a packed tensor', tf.tensor1d([0.1, 0.2, 0.3, 0.4])],
  ])('is its gradient, as %s', (_, gradient) => {
    const layer = maskedDense({ connections: A, inputShape: [3] });
    tf.sequential({ layers: [layer] });
    // @ts-expect-error the table holds values of many types
    show.kernel(layer, { gradient });
    const [only] = shown().layers!;
    expect(only).toMatchObject({ name: 'gradient', quantity: '∂L/∂w' });
    expect([...only!.values].map((value) => Number(value.toFixed(3)))).toEqual([0.1, 0.2, 0.3, 0.4]);
  });

  it('is what changed since earlier weights, of live connections only', () => {
    const layer = maskedDense({ connections: A, inputShape: [3], kernelInitializer: 'zeros' });
    tf.sequential({ layers: [layer] });
    const before = layer.liveWeights();
    layer.setWeights([tf.tensor2d([[1, 7], [7, 2], [3, 4]]), tf.zeros([2])]);
    show.kernel(layer, { since: before });
    expect([...shown().layers![0]!.values]).toEqual([1, 2, 3, 4]);
  });

  it('is all of a tensor, when only a part of it is connected', () => {
    show.kernel([[1, 9], [9, 2], [3, 4]], { connections: A });
    expect(cells(shown())!.values).toEqual([1, 2, 3, 4]);
    expect(shown().layers).toMatchObject([{ name: 'all of W, connected or not', everywhere: true, values: Float32Array.of(1, 9, 9, 2, 3, 4) }]);
  });

  it.each<[unknown, RegExp]>([
    [[1, 2], /show\.kernel: gradient is "2 numbers", expected a tensor \[3, 2\], or 4 numbers, one for each connection/],
    [tf.zeros([2, 2]), /gradient is "a tensor \[2, 2\]"/],
    ['steep', /gradient is "steep"/],
  ])('is refused when it does not fit: %o', (gradient, message) => {
    const layer = maskedDense({ connections: A, inputShape: [3] });
    tf.sequential({ layers: [layer] });
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.kernel(layer, { gradient })).toThrow(message);
  });
});

describe('a convolution', () => {
  it('is a block of cells for each pair of maps; a pair without connections is empty', () => {
    const layer = maskedConv2d({ connections: [[1, 0], [1, 1]], kernelSize: [2, 3], inputShape: [5, 5, 2] });
    tf.sequential({ layers: [layer] });
    // Each weight says where it is: height, width, channel, filter.
    const kernel = tf.tensor4d(Array.from({ length: 24 }, (_, at) => at), [2, 3, 2, 2]);
    layer.setWeights([kernel, tf.zeros([2])]);
    show.kernel(layer, { names: { inputs: ['a', 'b'], outputs: ['x', 'y'] } });
    const view = shown();
    expect(view).toMatchObject({ inputs: 4, outputs: 6, nnz: 18, block: { rows: 2, columns: 3 }, names: { inputs: ['a·0', 'a·1', 'b·0', 'b·1'], outputs: ['x·0', 'x·1', 'x·2', 'y·0', 'y·1', 'y·2'] } });
    const { indptr, indices, values } = cells(view)!;
    expect(indptr).toEqual([0, 3, 6, 12, 18]);
    expect(indices.slice(0, 3)).toEqual([0, 1, 2]);
    const at = (y: number, x: number, channel: number, filter: number): number => ((y * 3 + x) * 2 + channel) * 2 + filter;
    expect(values).toEqual([at(0, 0, 0, 0), at(0, 1, 0, 0), at(0, 2, 0, 0), at(1, 0, 0, 0), at(1, 1, 0, 0), at(1, 2, 0, 0), ...[0, 1].flatMap((y) => [0, 1].flatMap((filter) => [0, 1, 2].map((x) => at(y, x, 1, filter))))]);
  });

  it('of tfjs, and a kernel of rank 4, are drawn alike, with the maps that are connected', () => {
    show.kernel(tf.ones([3, 3, 2, 4]), { connections: [[1, 1, 0, 0], [0, 0, 0, 1]] });
    expect(shown()).toMatchObject({ inputs: 6, outputs: 12, nnz: 27, block: { rows: 3, columns: 3 } });
    const conv = tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 2] });
    tf.sequential({ layers: [conv] });
    show.kernel(conv);
    expect(shown()).toMatchObject({ inputs: 6, outputs: 12, nnz: 72 });
  });
});

describe('a matrix too large for its payload', () => {
  const open = (view: string, id = 'c1') => host.commListener({ type: 'comm_open', id, target: VIEW_TARGET, data: { view }, metadata: {}, buffers: [] });
  const ask = (data: unknown, id = 'c1') => host.commListener({ type: 'comm_msg', id, data, metadata: {}, buffers: [] });
  const window = { type: 'tiles', down: 1, across: 1, top: 2_000, left: 1_000, rows: 2, columns: 3_000 };

  it('is answered for by the kernel that holds it', () => {
    const mask = Mask.ofData(sparseMask(4_000, 4_000, 100));
    show.mask(mask);
    const { detail } = JSON.parse(JSON.stringify(host.shown[0]!.data[MASK_MIME])) as { detail: { source: string } };
    open(detail.source);
    ask(window);
    const { data } = host.comms.at(-1)! as { data: { type: string; rows: number; counts: string; most: number } };
    expect(data).toMatchObject({ ...window, most: 1 });
    const counts = Buffer.from(data.counts, 'base64');
    const connected = (i: number, j: number): boolean => mask.data.indices.subarray(mask.data.indptr[i], mask.data.indptr[i + 1]).includes(j);
    expect([...counts.subarray(0, 3_000)]).toEqual(Array.from({ length: 3_000 }, (_, k) => Number(connected(2_000, 1_000 + k))));
  });

  it('of weights has them at every size of tile', () => {
    const mask = sparseMask(2_000, 2_000, 100);
    const weights = new Float32Array(mask.indices.length).fill(0.25);
    const layer = { name: 'large', mask: { data: mask }, liveWeights: () => weights };
    show.kernel(layer);
    const { detail } = JSON.parse(JSON.stringify(host.shown[0]!.data[KERNEL_MIME])) as { detail: { source: string } };
    open(detail.source, 'c2');
    ask({ ...window, down: 5, across: 5, top: 0, left: 0, rows: 1, columns: 1 }, 'c2');
    expect(host.comms.at(-1)).toMatchObject({ data: { counts: expect.any(String), extremes: Buffer.from(Float32Array.of(0.25).buffer).toString('base64') } });
  });

  it.each([[{ ...window, rows: 1e9 }], [{ ...window, type: 'other' }], [null], [{ ...window, down: 0 }], [{ ...window, top: 3_999 }]])('is silent on %o', (message) => {
    const mask = Mask.ofData(sparseMask(4_000, 4_000, 100));
    show.mask(mask);
    open((host.shown[0]!.data[MASK_MIME] as { detail: { source: string } }).detail.source);
    ask(message);
    expect(host.comms).toEqual([]);
  });
});
