import type { KernelVariable } from '../kernel-client/replies.js';

/** One line of the quick pick of *Visualize Mask*; `run` says what choosing it does. */
export interface MaskSource {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly source: { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'askExpression' } | { readonly kind: 'file' };
}

/** Names that are masks come first, then everything else that one might be made of; functions and namespaces never are. */
export function maskSources(variables: readonly KernelVariable[]): readonly MaskSource[] {
  const row = (variable: KernelVariable): MaskSource => ({
    label: variable.isMask ? `$(type-hierarchy) ${variable.name}` : `$(symbol-variable) ${variable.name}`,
    description: variable.type,
    detail: variable.preview,
    source: { kind: 'expression', text: variable.name },
  });
  const masks = variables.filter(({ isMask }) => isMask);
  const others = variables.filter(({ isMask, type, preview }) => !isMask && !NEVER_MASKS.has(type) && !preview.includes('[Getter]'));
  return [
    ...masks.map(row),
    { label: '$(file) From a File…', description: '.mtx, .csv, .npy or .json', source: { kind: 'file' } },
    { label: '$(symbol-operator) From an Expression…', description: 'evaluated in the running kernel', source: { kind: 'askExpression' } },
    ...others.map(row),
  ];
}

const NEVER_MASKS: ReadonlySet<string> = new Set(['function', 'Function', 'AsyncFunction', 'number', 'string', 'boolean', 'bigint', 'symbol', 'undefined', 'null', 'Module', 'Promise']);
