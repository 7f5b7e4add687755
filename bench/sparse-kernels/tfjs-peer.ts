/** The same layer in tfjs on its wasm backend: dense weights times a mask. */
import type { Rank, Tensor2D } from '@tensorflow/tfjs';
import type { Mask } from '../../kernel/runtime/mask/mask.js';
import { ready, tf } from '../../kernel/runtime/tf/index.js';

export interface Peer {
  readonly forward: () => void;
  /** Forward, all gradients, SGD. */
  readonly step: () => void;
  release(): void;
}

/** @param masked false: the plain product of dense weights */
export async function tfjsPeer(mask: Mask, batch: number, masked: boolean): Promise<Peer> {
  await ready;
  if (tf.getBackend() !== 'wasm') throw new Error(`the peer is tfjs on wasm, not on ${tf.getBackend()}: run with PATCHBAY_BACKEND=wasm`);
  const { inputs, outputs } = mask;
  const x = tf.ones<Rank.R2>([batch, inputs]);
  const dy = tf.ones<Rank.R2>([batch, outputs]);
  const weights = tf.variable(tf.ones<Rank.R2>([inputs, outputs]));
  const connections = mask.toTensor();
  const kernel = (): Tensor2D => (masked ? tf.mul(weights, connections) : weights);
  return {
    forward: () => tf.tidy(() => void tf.matMul(x, kernel()).dataSync().length),
    step: () =>
      tf.tidy(() => {
        const k = kernel();
        tf.matMul(x, k);
        tf.matMul(dy, k, false, true);
        const gradient = tf.matMul(x, dy, true, false);
        tf.sum(dy, 0);
        weights.assign(tf.sub(weights, tf.mul(masked ? tf.mul(gradient, connections) : gradient, 1e-6)));
      }),
    release: () => tf.dispose([x, dy, weights, connections]),
  };
}
