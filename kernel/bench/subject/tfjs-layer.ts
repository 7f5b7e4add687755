/** A layer in tfjs on its current backend: dense weights times a mask. */
import { tf, type Mask } from '../../runtime/index.js';

type Matrix = ReturnType<typeof tf.tensor2d>;
type Vectors = ReturnType<typeof tf.tensor>;

export interface TfjsLayer {
  readonly forward: () => void;
  /** Forward, all gradients, SGD. */
  readonly step: () => void;
  release(): void;
}

/** @param masked false: the plain product of dense weights */
export function tfjsLayer(mask: Mask, batch: number, masked: boolean): TfjsLayer {
  const { inputs, outputs } = mask;
  const x: Matrix = tf.ones([batch, inputs]);
  const dy: Matrix = tf.ones([batch, outputs]);
  const ones: Matrix = tf.ones([inputs, outputs]);
  const weights = tf.variable(ones);
  ones.dispose();
  const connections = masked ? mask.toTensor() : undefined;
  const product = (matrix: Vectors): Vectors => (connections ? tf.mul(matrix, connections) : matrix);
  return {
    forward: () => tf.tidy(() => void tf.matMul(x, product(weights)).dataSync().length),
    step: () =>
      tf.tidy(() => {
        const kernel = product(weights);
        tf.matMul(x, kernel);
        tf.matMul(dy, kernel, false, true);
        const gradient = tf.matMul(x, dy, true, false);
        tf.sum(dy, 0);
        weights.assign(tf.sub<Vectors>(weights, tf.mul(product(gradient), 1e-6)).as2D(inputs, outputs));
        // The native backend computes when somebody looks.
        weights.slice([0, 0], [1, 1]).dataSync();
      }),
    release: () => tf.dispose([x, dy, weights, ...(connections ? [connections] : [])]),
  };
}
