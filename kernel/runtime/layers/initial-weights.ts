/**
 * First values of packed weights. Initializers that scale by fan-in and fan-out see the connections that are there: He et al.
 * 2015 and Glorot & Bengio 2010 derive the scale from the number of terms of each unit's sum, and a masked unit has fewer.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { forEachEdge } from '../../model/mask-data.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import type { Initializer } from './dense-settings.js';

export type Fan = 'live' | 'dense';

/** These draw each weight by itself: a packed draw is as good as a dense one. */
const ELEMENTWISE = new Set(['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal']);
const MAX_DENSE = 1e7;

/** An initializer that answers for the packed weights of `mask`, whatever shape it is asked for. */
export function packedInitializer(inner: Initializer, mask: Mask, fan: Fan): Initializer {
  return {
    apply: () => tf.tidy(() => draw(inner, mask, fan)),
    getClassName: () => inner.getClassName(),
    getConfig: () => inner.getConfig(),
  };
}

function draw(inner: Initializer, mask: Mask, fan: Fan): Tensor {
  const name = inner.getClassName();
  if (mask.nnz === 0) return tf.tensor1d([], 'float32');
  if (name === 'VarianceScaling') return scaled(inner, mask, fan);
  if (ELEMENTWISE.has(name)) return inner.apply([mask.nnz], 'float32');
  const size = mask.inputs * mask.outputs;
  if (size > MAX_DENSE) {
    throw new Error(`maskedDense: kernelInitializer ${name} needs a dense kernel of ${size} entries, more than ${MAX_DENSE}; use one of the glorot, he, leCun, random or constant initializers`);
  }
  const dense = inner.apply([mask.inputs, mask.outputs], 'float32').dataSync();
  const packed = new Float32Array(mask.nnz);
  forEachEdge(mask.data, (i, j, k) => {
    packed[k] = dense[i * mask.outputs + j] ?? 0;
  });
  return tf.tensor1d(packed);
}

/** tfjs's VarianceScaling with a scale of its own for every weight. Where all are equal, the very same draw. */
function scaled(inner: Initializer, mask: Mask, fan: Fan): Tensor {
  const { scale, mode, distribution, seed } = inner.getConfig();
  const base = typeof scale === 'number' ? scale : 1;
  const optionalSeed = typeof seed === 'number' ? seed : undefined;
  const uniform = distribution === 'uniform';
  const fanIn = fan === 'live' ? mask.inDegree() : new Uint32Array(mask.outputs).fill(mask.inputs);
  const fanOut = fan === 'live' ? mask.outDegree() : new Uint32Array(mask.inputs).fill(mask.outputs);
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
