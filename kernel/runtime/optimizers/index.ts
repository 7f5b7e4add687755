/** Optimizers with Keras 3's arguments, in camel case, and its formulas; for any tfjs model: `model.compile({ optimizer, loss })`. */
// Stock layers of models that ours train are penalized as in Keras.
import '../layers/model-penalties.js';
import { tf } from '../tf/tfjs.js';
import { Adadelta, type AdadeltaOptions } from './adadelta.js';
import { Adagrad, type AdagradOptions } from './adagrad.js';
import { Adam, AdamW, type AdamOptions } from './adam.js';
import { Adamax, type AdamaxOptions } from './adamax.js';
import './average-after-fit.js';
import { Lion, type LionOptions } from './lion.js';
import { Nadam, type NadamOptions } from './nadam.js';
import { RMSprop, type RmspropOptions } from './rmsprop.js';
import { SGD, type SgdOptions } from './sgd.js';

export { KerasOptimizer } from './keras-optimizer.js';
export type { CommonOptions, Schedule } from './options.js';
export type { AdadeltaOptions, AdagradOptions, AdamaxOptions, AdamOptions, LionOptions, NadamOptions, RmspropOptions, SgdOptions };

/** Gradient descent, with momentum or Nesterov's. */
export const sgd = (options?: SgdOptions): SGD => new SGD(options);
export const adam = (options?: AdamOptions): Adam => new Adam(options);
/** Adam with decoupled weight decay. */
export const adamw = (options?: AdamOptions): AdamW => new AdamW(options);
export const adamax = (options?: AdamaxOptions): Adamax => new Adamax(options);
export const nadam = (options?: NadamOptions): Nadam => new Nadam(options);
export const rmsprop = (options?: RmspropOptions): RMSprop => new RMSprop(options);
export const adagrad = (options?: AdagradOptions): Adagrad => new Adagrad(options);
export const adadelta = (options?: AdadeltaOptions): Adadelta => new Adadelta(options);
export const lion = (options?: LionOptions): Lion => new Lion(options);

// A saved model names its optimizer by these classes; tfjs's own keep their names.
for (const optimizer of [SGD, Adam, AdamW, Adamax, Nadam, RMSprop, Adagrad, Adadelta, Lion]) tf.serialization.registerClass(optimizer);
