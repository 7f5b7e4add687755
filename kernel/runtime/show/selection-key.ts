/** Which connections a view shows, as a name: views with the same name follow one selection. */
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { weightsKey } from './weights-key.js';

const keys = new WeakMap<object, string>();
let count = 0;

/** A layer by its weights' name, a Mask by a number; what is made anew at each call (nested arrays) has none. */
export function selectionKey(value: unknown): string | undefined {
  if (value instanceof tf.layers.Layer) return weightsKey(value);
  if (!(value instanceof Mask)) return undefined;
  const known = keys.get(value);
  if (known !== undefined) return known;
  const key = `mask ${++count}`;
  keys.set(value, key);
  return key;
}
