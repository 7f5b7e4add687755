/**
 * `util.inspect`, and so the result of a cell and `console.log`, shows what tfjs's objects are instead of their fields.
 * Classes of ours say that themselves.
 */
import type { inspect } from 'node:util';
import { tf } from '../tf/tfjs.js';
import { layerText, modelText, optimizerText, symbolicText } from './layers-text.js';
import { tensorText } from './tensor-text.js';

const CUSTOM: unique symbol = Symbol.for('nodejs.util.inspect.custom');

interface InspectContext {
  readonly depth?: number | null | undefined;
}

function describeAs<Value extends object>(type: { readonly prototype: Value }, text: (value: Value, isWhole: boolean) => string): void {
  if (Object.hasOwn(type.prototype, CUSTOM)) return;
  const custom = function (this: Value, depth: number, options: InspectContext, _inspect: typeof inspect): string {
    // `inspect` counts down from the depth that it was given.
    return text(this, depth === (options.depth ?? Infinity));
  };
  Object.defineProperty(type.prototype, CUSTOM, { value: custom, writable: true, configurable: true });
}

describeAs(tf.Tensor, tensorText);
describeAs(tf.SymbolicTensor, symbolicText);
describeAs(tf.layers.Layer, layerText);
describeAs(tf.LayersModel, modelText);
describeAs(tf.Optimizer, optimizerText);
