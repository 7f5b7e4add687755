import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { maskOf } from '../../../test/support/masks.js';
import { parseKernelView } from '../../model/views/kernel-view.js';
import { parseLossView } from '../../model/views/loss-payload.js';
import { parseMaskView } from '../../model/views/mask-view.js';
import { KERNEL_MIME, LOSS_MIME, MASK_MIME } from '../../model/views/media-types.js';
import { DISPLAY_METHOD } from '../display/bundle-of.js';
import { Mask } from '../mask/mask.js';
import { maskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import { show } from './index.js';
import { kernelBundle, maskBundle } from './mask-bundle.js';

await ready;
const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
let host: RecordingHost;
beforeEach(() => installHost((host = new RecordingHost())));
afterEach(removeHost);
const payload = (mime: string, at = -1): unknown => host.shown.at(at)?.data[mime];

describe('show.mask', () => {
  it('shows payload, sentence and picture', () => {
    show.mask(A, { title: 'A' });
    expect(host.shown).toHaveLength(1);
    const [{ data, picture, update }] = host.shown as [(typeof host.shown)[number]];
    expect(Object.keys(data)).toEqual([MASK_MIME, 'text/plain']);
    expect(data['text/plain']).toBe('Connection mask “A”, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Inputs per output: 2 each.');
    expect(parseMaskView(data[MASK_MIME])).toMatchObject({ inputs: 3, outputs: 2, nnz: 4, title: 'A' });
    expect(picture).toMatch(/^<svg /);
    expect(update).toBe(false);
  });

  it.each<[string, () => unknown]>([
    ['a Mask', () => A],
    ['a masked layer', () => maskedDense({ connections: A, inputShape: [3] })],
    ['nested arrays', () => [[1, 0], [0, 1], [1, 1]]],
    ['a drawing', () => 'X.\n.X\nXX'],
    ['a tensor', () => tf.tensor2d([[1, 0], [0, 1], [1, 1]])],
    ['edges', () => ({ shape: [3, 2], edges: [[0, 0], [1, 1], [2, 0], [2, 1]] })],
  ])('takes %s', (_, make) => {
    // @ts-expect-error the table holds values of many types
    show.mask(make());
    expect(payload(MASK_MIME)).toEqual(maskBundle(A.data)[MASK_MIME]);
  });

  it('returns a handle that updates in place and shows nothing more', () => {
    const handle = show.mask(A);
    handle.update([[1], [1]]);
    expect(handle[DISPLAY_METHOD]()).toEqual({});
    expect(host.shown.map(({ displayId, update }) => [displayId, update])).toEqual([[handle.displayId, false], [handle.displayId, true]]);
    expect(payload(MASK_MIME)).toMatchObject({ inputs: 2, outputs: 1 });
  });

  it('draws names', () => {
    show.mask(A, { names: { inputs: ['a', 'b', 'c'] } });
    expect(payload(MASK_MIME)).toMatchObject({ inputNames: ['a', 'b', 'c'] });
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['nothing', undefined, {}, /show\.mask is undefined, expected a Mask, a masked layer, or anything that Mask\.from takes/],
    ['a number', 3, {}, /show\.mask is 3/],
    ['entries that are no connection', [[1, 2]], {}, /row 0, column 1 is 2, expected 0 or 1/],
    ['a dense layer', tf.layers.dense({ units: 2, inputShape: [3] }), {}, /no mask: every input is connected to every output\. show\.kernel draws its weights/],
    ['too few names', A, { names: { inputs: ['a'] } }, /show\.mask: names\.inputs is an array of 1, expected an array of 3 names/],
    ['names as a list', A, { names: ['a'] }, /show\.mask: names is .*expected an object/],
    ['a title that is no text', A, { title: 5 }, /show\.mask: title is 5, expected a string/],
    ['a file of another kind', A, { file: 'a.jpg' }, /show\.mask: file is "a\.jpg", expected a path that ends in \.png or \.svg\. "a\.png" would do/],
    ['options that are none', A, 'big', /show\.mask: options is "big"/],
  ])('refuses %s, and shows nothing', (_, value, options, message) => {
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.mask(value, options)).toThrow(message);
    expect(host.shown).toEqual([]);
  });
});

describe('show.kernel', () => {
  const weights = Float32Array.of(0.5, -1, 0, 2);
  const layer = () => {
    const masked = maskedDense({ connections: A, inputShape: [3], name: 'wired' });
    tf.sequential({ layers: [masked] });
    masked.setWeights([tf.tensor2d([[0.5, 9], [9, -1], [0, 2]]), tf.zeros([2])]);
    return masked;
  };

  it('draws the live weights of a masked layer', () => {
    show.kernel(layer());
    expect(payload(KERNEL_MIME)).toEqual(kernelBundle(A.data, weights, { layer: 'wired', follows: 'wired' })[KERNEL_MIME]);
    expect(parseKernelView(payload(KERNEL_MIME))).toMatchObject({ layer: 'wired', limit: 2, statistics: { zeros: 1 } });
    expect(host.texts[0]).toMatch(/^Kernel of layer wired, 3 inputs × 2 outputs: 4 of 6 connected \(66\.7 %\)\. Live weights from −1 to 2/);
  });

  it('draws a dense layer, a tensor and nested arrays as fully connected', () => {
    const dense = tf.layers.dense({ units: 2, inputShape: [3], name: 'd' });
    tf.sequential({ layers: [dense] });
    for (const kernel of [dense, tf.ones([3, 2]), [[1, 2], [3, 4], [5, 6]]]) {
      show.kernel(kernel);
      expect(payload(KERNEL_MIME)).toMatchObject({ inputs: 3, outputs: 2, nnz: 6, connections: { full: true } });
    }
  });

  it('draws the entries of a tensor that are connections', () => {
    show.kernel(tf.tensor2d([[0.5, 9], [9, -1], [0, 2]]), { connections: A });
    expect(parseKernelView(payload(KERNEL_MIME))).toMatchObject({ cells: { mask: { ...A.data }, values: weights } });
  });

  it('keeps its scale or widens it, from update to update', () => {
    const handle = show.kernel([[2]]);
    handle.update([[1]]);
    handle.update([[-5]]);
    handle.update([[1]]);
    expect(host.shown.map(({ data }) => (data[KERNEL_MIME] as { limit: number }).limit)).toEqual([2, 2, 8, 8]);
  });

  it('reads the layer again when update names no other', () => {
    const masked = layer();
    const handle = show.kernel(masked);
    masked.setWeights([tf.ones([3, 2]), tf.zeros([2])]);
    handle.update();
    expect(host.texts[1]).toMatch(/Live weights from 1 to 1/);
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['nothing', undefined, {}, /show\.kernel is undefined, expected a layer, a tensor \[inputs, outputs\], or nested arrays/],
    ['a Mask', A, {}, /A mask has no weights: show\.mask draws it/],
    ['a layer without weights', tf.layers.flatten({ name: 'flat' }), {}, /The layer "flat" has no weights/],
    ['a tensor of another rank', tf.zeros([2, 2, 2]), {}, /shape \[2, 2, 2\].*expected one of rank 2/],
    ['rows of different length', [[1, 2], [3]], {}, /show\.kernel: row 1 is \[3\], expected an array of 2 numbers/],
    ['entries that are no number', [[1, 'x']], {}, /row 0, column 1 is "x", expected a number/],
    ['connections of another shape', [[1, 2]], { connections: A }, /connections is "a mask of 3 × 2", expected 1 × 2/],
    ['a limit of 0', [[1]], { limit: 0 }, /show\.kernel: limit is 0, expected a number above 0/],
  ])('refuses %s', (_, value, options, message) => {
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.kernel(value, options)).toThrow(message);
  });
});

describe('show.loss', () => {
  const history = { loss: [3, 2, 1], val_loss: [3, 2.5, 2.6] };
  const names = (): string[] => (parseLossView(payload(LOSS_MIME)) as unknown as { runs: { name: string }[] }).runs.map(({ name }) => name);

  it.each<[string, unknown]>([
    ['a history', history],
    ['a run', { history, steps: [3, 2, 1], stoppedBy: 'done' }],
    ['typed arrays', { loss: Float32Array.from(history.loss), val_loss: history.val_loss }],
    ['scalars that are not synced yet', { history: { loss: [3, 2, 1].map((x) => tf.scalar(x)), val_loss: history.val_loss } }],
  ])('takes %s', (_, run) => {
    // @ts-expect-error the table holds values of many types
    show.loss(run);
    expect(host.texts.at(-1)).toBe('Training loss fell from 3 to 1 over 3 epochs; best validation 2.5 at epoch 2; no NaN.');
  });

  it("takes tfjs's History", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    show.loss(await model.fit(tf.ones([8, 2]), tf.ones([8, 1]), { epochs: 3, verbose: 0 }));
    expect(host.texts.at(-1)).toMatch(/over 3 epochs/);
  });

  it('compares runs: a list, or by name', () => {
    show.loss([{ name: 'wired', history }, { history }]);
    expect(names()).toEqual(['wired', 'run 2']);
    show.loss([{ history }, { history }], { names: ['a', 'b'], title: 'Both' });
    expect(names()).toEqual(['a', 'b']);
    show.loss({ masked: { history }, dense: history });
    expect(names()).toEqual(['masked', 'dense']);
  });

  it('updates in place', () => {
    show.loss(history).update({ loss: [5] });
    expect(host.texts).toHaveLength(2);
    expect(host.texts[1]).toBe('Training loss is 5 after 1 epoch; no NaN.');
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ['nothing', null, {}, /show\.loss is null, expected a TrainingRun, the History/],
    ['no runs', [], {}, /expected 1 to 24 runs/],
    ['an object without loss', { accuracy: [1] }, {}, /show\.loss is an Object, expected a TrainingRun/],
    ['a history without loss', { history: { acc: [1] } }, {}, /history\.loss is undefined, expected an array of numbers/],
    ['a loss that is no number', { loss: [1, 'x'] }, {}, /history\.loss\[1\] is "x", expected a number/],
    ['one of several', [{ loss: [1] }, { loss: 'x' }], {}, /show\.loss: run 1: history\.loss is "x"/],
    ['too many names', { loss: [1] }, { names: ['a', 'b'] }, /show\.loss: names is an array of 2, expected an array of 1 names/],
  ])('refuses %s', (_, value, options, message) => {
    // @ts-expect-error wrong arguments, as JavaScript can give them
    expect(() => show.loss(value, options)).toThrow(message);
  });
});

describe('files', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-show-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('an SVG is there when the call returns, in the folder of the notebook', () => {
    installHost(new RecordingHost(folder));
    show.mask(A, { file: 'a.svg' });
    expect(fs.readFileSync(path.join(folder, 'a.svg'), 'utf8')).toMatch(/^<svg .*no connection \(2\).*<\/svg>$/);
    expect(fs.readdirSync(folder)).toEqual(['a.svg']);
  });

  it('a folder that is not there is named', () => {
    expect(() => show.mask(A, { file: path.join(folder, 'none', 'a.svg') })).toThrow(/none.a\.svg could not be written: ENOENT/);
  });
});

it('in a plain script prints the sentence', () => {
  removeHost();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  show.mask(A);
  show.kernel([[1]]);
  show.loss({ loss: [2, 1] });
  expect(log.mock.calls.map(([line]) => String(line).slice(0, 20))).toEqual(['Connection mask, 3 i', 'Kernel, 1 input × 1 ', 'Training loss fell f']);
  log.mockRestore();
});

it('a bundle of plain data serves a value that shows itself', () => {
  expect(maskBundle(maskOf('X.'), { title: 'T' })).toMatchObject({ [MASK_MIME]: { title: 'T' }, 'text/plain': expect.stringContaining('“T”') });
});
