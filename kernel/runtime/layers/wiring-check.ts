import type { Mask } from '../mask/mask.js';

/**
 * Checks that a mask is [inputs, outputs] of the layer that it is to wire.
 *
 * @param inputs size of the last axis of what the layer gets; undefined when not known yet
 * @param units number of outputs that was asked for; undefined when it follows from the mask
 * @throws Error that names both shapes, and the way out when the mask is transposed
 */
export function checkConnections(mask: Mask, inputs: number | undefined, units: number | undefined): void {
  const needs = { inputs: inputs ?? mask.inputs, outputs: units ?? mask.outputs };
  if (mask.inputs === needs.inputs && mask.outputs === needs.outputs) return;
  const transposedFits = (inputs ?? mask.outputs) === mask.outputs && (units ?? mask.inputs) === mask.inputs;
  const shown = transposedFits ? [inputs ?? mask.outputs, units ?? mask.inputs] : [inputs ?? 'any', units ?? 'any'];
  const wayOut = transposedFits
    ? 'is it transposed? Mask.from(A).transpose()'
    : 'inputs is the last axis of what the layer gets, outputs is its units';
  throw new Error(
    `connections has shape [${mask.shape.join(', ')}] but this layer needs [inputs, outputs] = [${shown.join(', ')}]; ${wayOut} ` +
      '(rows are inputs, columns are outputs: with different numbers of them, a wrong orientation shows)',
  );
}
