/**
 * First values of packed weights. Initializers that scale by fan-in and fan-out see the connections that are there: He et al.
 * 2015 and Glorot & Bengio 2010 derive the scale from the number of terms of each unit's sum, and a masked unit has fewer.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { forEachEdge } from '../../model/mask-data.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import type { Initializer } from './layer-settings.js';
import { toPacked, type DenseView } from './packed-variable.js';

export type Fan = 'live' | 'dense';

/** These draw each weight by itself: a packed draw is as good as a dense one. */
const ELEMENTWISE = new Set(['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal']);
const MAX_DENSE = 1e7;

/** How many terms each output sums, and how many sums each input is in; tfjs's `computeFans`, connection by connection. */
export interface Fans {
  /** [outputs of the mask] */
  readonly fanIn: ArrayLike<number>;
  /** [inputs of the mask] */
  readonly fanOut: ArrayLike<number>;
}

/**
 * An initializer that answers for the packed weights of a view, whatever shape it is asked for.
 *
 * @param argument what a message calls the initializer, e.g. `maskedDense: kernelInitializer`
 */
export function packedInitializer(argument: string, inner: Initializer, view: DenseView, fans: Fans): Initializer {
  return {
    apply: () => tf.tidy(() => draw(argument, inner, view, fans)),
    getClassName: () => inner.getClassName(),
    getConfig: () => inner.getConfig(),
  };
}

function draw(argument: string, inner: Initializer, view: DenseView, fans: Fans): Tensor {
  const { mask, shape } = view;
  const name = inner.getClassName();
  if (mask.nnz === 0) return tf.tensor1d([], 'float32');
  if (name === 'VarianceScaling') return scaled(inner, mask, fans);
  if (ELEMENTWISE.has(name)) return inner.apply([mask.nnz], 'float32');
  const size = mask.inputs * mask.outputs;
  if (size > MAX_DENSE) {
    throw new Error(`${argument} ${name} needs a dense kernel of ${size} entries, more than ${MAX_DENSE}; use one of the glorot, he, leCun, random or constant initializers`);
  }
  return tf.tensor1d(toPacked(inner.apply(shape, 'float32'), view, `${argument} ${name}`), 'float32');
}

/** tfjs's VarianceScaling with a scale of its own for every weight. Where all are equal, the very same draw. */
function scaled(inner: Initializer, mask: Mask, { fanIn, fanOut }: Fans): Tensor {
  const { scale, mode, distribution, seed } = inner.getConfig();
  const base = typeof scale === 'number' ? scale : 1;
  const optionalSeed = typeof seed === 'number' ? seed : undefined;
  const uniform = distribution === 'uniform';
  const spreads = new Float64Array(mask.nnz);
  forEachEdge(mask.data, (i, j, k) => {
    const into = fanIn[j] ?? 1;
    const out = fanOut[i] ?? 1;
    const terms = mode === 'fanIn' ? into : mode === 'fanOut' ? out : (into + out) / 2;
    const variance = base / Math.max(1, terms);
    spreads[k] = Math.sqrt(uniform ? 3 * variance : variance);
  });
  const [first = 1] = spreads;
  const same = spreads.every((spread) => spread === first);
  const width = same ? first : 1;
  const values = uniform
    ? tf.randomUniform([mask.nnz], -width, width, 'float32', optionalSeed)
    : tf.truncatedNormal([mask.nnz], 0, width, 'float32', optionalSeed);
  return same ? values : tf.mul(values, tf.tensor1d(Float32Array.from(spreads)));
}
