import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { weightGradientOf } from './masked-mat-mul.js';

/** The gradient that connections would have if they were there, summed over the backward passes that it watches. */
export class MissingGradient {
  /** In CSR order of `missing`. */
  readonly gradient: Float32Array;
  /** Ends the measuring; what was measured stays. */
  readonly end: () => void;

  constructor(
    readonly missing: Mask,
    end: () => void,
  ) {
    this.gradient = new Float32Array(missing.nnz);
    this.end = end;
  }

  /** y itself; on the way back its gradient is looked at. Nothing is computed forward, so NaN in an input stays out. */
  watch(x: Tensor2D, y: Tensor2D): Tensor2D {
    const look = tf.customGrad((output, save) => {
      // SAFETY: customGrad calls with its tensor and the function that saves tensors for the way back.
      (save as unknown as (tensors: Tensor2D[]) => void)([x]);
      return {
        // SAFETY: the one argument is y.
        value: (output as Tensor2D).clone(),
        gradFunc: (dy: Tensor, [saved]: Tensor[]) => {
          this.#add(saved as Tensor2D, dy as Tensor2D); // SAFETY: x and the gradient of y, as above
          return dy.clone();
        },
      };
    });
    // SAFETY: y itself, which has two axes.
    return look(y);
  }

  #add(x: Tensor2D, dy: Tensor2D): void {
    const sum = tf.tidy(() => weightGradientOf(x, dy, this.missing).dataSync());
    for (let k = 0; k < this.gradient.length; k++) this.gradient[k] = (this.gradient[k] ?? 0) + (sum[k] ?? 0);
  }
}
