/** The one TensorFlow.js of a process: every part of the runtime imports it from here. */
import * as tf from '@tensorflow/tfjs';

export { tf };
