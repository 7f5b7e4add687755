/** The nets of the table: ours, and the same in plain tfjs with dense weights times a mask. */
import { maskedDense, masks, optimizers, tf } from '../../runtime/index.js';
import type { Net } from '../specification.js';
import { MaskedTfjsDense } from './tfjs-dense.js';

export type Model = ReturnType<typeof tf.sequential>;
type Tensor = ReturnType<typeof tf.tensor2d>;

/** Of the optimizers: small, so that hours of steps change no number much. */
const RATE = { adam: 1e-3, sgd: 1e-2 } as const;
const SEED = 7;

const activationOf = ({ sizes, loss }: Net, layer: number): 'relu' | 'linear' | 'softmax' => (layer + 2 < sizes.length ? 'relu' : loss === 'mse' ? 'linear' : 'softmax');

/** @param mine masked layers of ours; else tfjs's way, a kernel times a matrix of zeros and ones */
export function modelOf(net: Net, mine: boolean): Model {
  const model = tf.sequential();
  net.densities.forEach((density, layer) => {
    const [inputs = 1, units = 1] = net.sizes.slice(layer);
    const common = { units, activation: activationOf(net, layer), inputShape: [inputs] };
    const connections = (): ReturnType<typeof masks.random> => masks.random(inputs, units, { density, seed: SEED + layer });
    if (density === 1) model.add(tf.layers.dense(common));
    else model.add(mine ? maskedDense({ ...common, connections: connections() }) : new MaskedTfjsDense({ ...common, mask: connections() }));
  });
  const learningRate = RATE[net.optimizer];
  const optimizer = mine ? optimizers[net.optimizer]({ learningRate }) : tf.train[net.optimizer](learningRate);
  model.compile({ optimizer, loss: net.loss === 'mse' ? 'meanSquaredError' : 'categoricalCrossentropy' });
  return model;
}

/** Rows for so many steps. */
export function dataOf({ sizes, batch, loss }: Net, steps: number): { x: Tensor; y: Tensor; dispose(): void } {
  const rows = batch * steps;
  const outputs = sizes.at(-1) ?? 1;
  const x: Tensor = tf.randomNormal([rows, sizes[0] ?? 1], 0, 1, 'float32', SEED);
  const y: Tensor = loss === 'mse' ? tf.randomNormal([rows, outputs], 0, 1, 'float32', SEED + 1) : tf.tidy(() => tf.oneHot(tf.tensor1d(Int32Array.from({ length: rows }, (_, row) => (row * 7) % outputs), 'int32'), outputs).toFloat().as2D(rows, outputs));
  return { x, y, dispose: () => tf.dispose([x, y]) };
}
