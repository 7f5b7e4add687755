/**
 * L1 penalties of stock layers beside masked ones. tfjs takes the derivative of |w| at 0 for −1, so that a weight or bias of
 * exactly 0 is pushed off; Keras takes it for 0. A model that has a masked layer, or is compiled with one of `optimizers`, whose
 * formulas are Keras', is penalized as in Keras, whichever regularizer its layers were given. Any other model is tfjs's as ever.
 */
import type { LayersModel, Scalar, Tensor } from '@tensorflow/tfjs';
import { currentHost } from '../display/host.js';
import { penalty } from '../regularizers/penalty.js';
import { tf } from '../tf/tfjs.js';
import { isPacked } from './packed-variable.js';

interface L1L2 {
  readonly l1: number;
  readonly l2: number;
  apply(weights: Tensor): Tensor;
}

let asKeras = 0;

// SAFETY: what tfjs-layers 4.22 makes here is an instance of its L1L2, of which the class is not exported.
const l1l2 = Object.getPrototypeOf(tf.regularizers.l1l2()) as L1L2;
const { apply } = l1l2; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`
l1l2.apply = function (this: L1L2, weights) {
  return asKeras > 0 ? penalty(weights, this.l1, this.l2) : apply.call(this, weights);
};

const prototype = tf.LayersModel.prototype;
const { calculateLosses } = prototype; // eslint-disable-line @typescript-eslint/unbound-method -- called with `call`
prototype.calculateLosses = function (this: LayersModel): Scalar[] {
  const keras = this.weights.some(isPacked) || isOurs(this.optimizer) ? 1 : 0;
  asKeras += keras;
  try {
    return calculateLosses.call(this);
  } finally {
    asKeras -= keras;
  }
};

/** @param optimizer undefined in a model that is not compiled */
function isOurs(optimizer: unknown): boolean {
  return typeof optimizer === 'object' && optimizer !== null && 'remapSlots' in optimizer;
}

// A terminated step did not count itself out.
currentHost()?.afterForce(() => {
  asKeras = 0;
});
