import type { KernelVariable } from '../kernel-client/replies.js';

/** One line of the quick pick of *Visualize Mask*; `source` says what choosing it does. */
export interface MaskSource {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly source: { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'askExpression' } | { readonly kind: 'file' };
}

/** Masks, layers and models come first, then matrices behind the other two ways, then what else there is; functions and namespaces never are masks. */
export function maskSources(variables: readonly KernelVariable[]): readonly MaskSource[] {
  const row = (variable: KernelVariable): MaskSource => ({
    label: `$(${ICONS[variable.wiring ?? 'other']}) ${variable.name}`,
    description: variable.type,
    detail: variable.preview,
    source: { kind: 'expression', text: variable.name },
  });
  const of = (...kinds: KernelVariable['wiring'][]): readonly MaskSource[] => variables.filter(({ wiring }) => kinds.includes(wiring)).map(row);
  const others = variables.filter(({ wiring, type, preview }) => wiring === undefined && !NEVER_MASKS.has(type) && !preview.includes('[Getter]'));
  return [
    ...of('mask', 'layer', 'model'),
    { label: '$(file) From a File…', description: '.mtx, .csv, .npy, .npz, .json, .keras or .h5', source: { kind: 'file' } },
    { label: '$(symbol-operator) From an Expression…', description: 'looked up or evaluated in the running kernel', source: { kind: 'askExpression' } },
    ...of('matrix'),
    ...others.map(row),
  ];
}

const ICONS = { mask: 'type-hierarchy', layer: 'type-hierarchy', model: 'layers', matrix: 'table', other: 'symbol-variable' } as const;

const NEVER_MASKS: ReadonlySet<string> = new Set(['function', 'Function', 'AsyncFunction', 'number', 'boolean', 'bigint', 'symbol', 'undefined', 'null', 'Module']);
