/** What can be shown of a kernel: its weights, its connections, its gradient, how it changed. */
import type { MaskData } from '../../mask-data.js';
import { fullMask } from '../full-mask.js';
import type { KernelView } from '../kernel-view.js';
import type { MaskView } from '../mask-view.js';
import { largestSize, steadyLimit } from '../weight-statistics.js';

export interface Mode {
  readonly name: string;
  /** In the menu. */
  readonly title: string;
  /** What a value is called: `w`; undefined where only connections are shown. */
  readonly quantity: string | undefined;
  /** Of live weights, in CSR order. */
  readonly values: Float32Array | undefined;
  /** Where other cells than the view's connections have values: all of W. */
  readonly mask?: MaskData;
  /** Colours run from −limit to limit. */
  readonly limit: number;
}

const CONNECTIONS: Mode = { name: 'connections', title: 'connections (M)', quantity: undefined, values: undefined, limit: 1 };

interface Frame {
  readonly label: string;
  readonly weights: Float32Array;
  readonly limit: number;
}

/** @param frame the weights of the epoch that the reader looks at, in place of the view's own */
export function modesOf(view: MaskView | KernelView, frame?: Frame): readonly [Mode, ...Mode[]] {
  if (view.view === 'mask') return [CONNECTIONS];
  const own = view.cells.kind === 'edges' ? view.cells.values : undefined;
  const values = frame?.weights ?? own;
  const limit = frame ? Math.max(view.limit, steadyLimit(frame.limit)) : view.limit;
  const weights: Mode = { name: 'weights', title: frame ? `weights, ${frame.label}` : 'weights (W⊙M)', quantity: 'w', values, limit };
  const change: Mode[] = frame && own ? [{ name: 'change since epoch', title: `change since ${frame.label}`, quantity: 'Δw', ...signed(own.map((weight, k) => weight - (frame.weights[k] ?? 0))) }] : [];
  const others = (view.layers ?? []).map(({ name, quantity, values: layer, everywhere }): Mode => ({
    name,
    title: name,
    quantity,
    ...(everywhere ? { mask: fullMask(view.inputs, view.outputs), values: layer, limit: Math.max(view.limit, signed(layer).limit) } : signed(layer)),
  }));
  return [weights, CONNECTIONS, ...change, ...others];
}

const signed = (values: Float32Array): { values: Float32Array; limit: number } => ({ values, limit: steadyLimit(largestSize(values)) });
