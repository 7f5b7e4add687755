/** What else can be looked at in the place of a kernel's weights, and what its units are called. */
import type { ValueLayer } from '../../model/views/kernel-view.js';
import type { UnitNames } from '../../model/views/matrix-view.js';
import { checkNames } from './options.js';
import type { Kernel } from './read-kernel.js';

export function valueLayers({ weights, everywhere, read }: Kernel, { gradient, since }: { readonly gradient?: unknown; readonly since?: unknown }): ValueLayer[] {
  const before = since === undefined ? undefined : read('since', since);
  return [
    ...(gradient === undefined ? [] : [{ name: 'gradient', quantity: '∂L/∂w', values: read('gradient', gradient), everywhere: false }]),
    ...(before ? [{ name: 'change since then', quantity: 'Δw', values: weights.map((weight, k) => weight - (before[k] ?? 0)), everywhere: false }] : []),
    ...(everywhere ? [{ name: 'all of W, connected or not', quantity: 'w', values: everywhere, everywhere: true }] : []),
  ];
}

/** Of a convolution its maps have names; each of their taps is `name·k`. */
export function kernelNames(caller: string, names: unknown, { mask, conv }: Kernel): UnitNames {
  if (!conv) return checkNames(caller, names, mask.inputs, mask.outputs);
  const maps = checkNames(caller, names, conv.inChannels, conv.filters);
  const taps = (list: readonly string[], count: number): string[] => list.flatMap((name) => Array.from({ length: count }, (_, tap) => (count === 1 ? name : `${name}·${tap}`)));
  return { ...(maps.inputs && { inputs: taps(maps.inputs, conv.height) }), ...(maps.outputs && { outputs: taps(maps.outputs, conv.width) }) };
}
