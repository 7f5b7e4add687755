import type { KernelInfoReply } from '../../kernel/protocol/messages.js';
import { isRecord } from '../kernel-client/replies.js';

export const KERNELSPEC = { name: 'patchbay', display_name: 'TypeScript (Patchbay)', language: 'typescript' } as const;

export type LanguageInfo = Readonly<Record<string, unknown>> & { readonly name: string };

/** Metadata of a notebook that has never run, in the form of VS Code's ipynb serializer. */
export const NEW_NOTEBOOK_METADATA = { metadata: { kernelspec: KERNELSPEC, language_info: { name: 'typescript' } }, nbformat: 4, nbformat_minor: 5 } as const;

/**
 * The metadata of a notebook that our kernel has run, as Jupyter would save it; undefined when it says so already.
 * All else in it is kept.
 */
export function withKernel(metadata: Readonly<Record<string, unknown>>, info: KernelInfoReply['language_info']): Record<string, unknown> | undefined {
  const inner = isRecord(metadata['metadata']) ? metadata['metadata'] : {};
  const next = { ...inner, kernelspec: KERNELSPEC, language_info: info };
  const isSame = JSON.stringify(inner['kernelspec']) === JSON.stringify(KERNELSPEC) && JSON.stringify(inner['language_info']) === JSON.stringify(info);
  return isSame ? undefined : { ...metadata, metadata: next };
}

/** `ours`: made for this kernel, or for none and written in TypeScript. */
export function isOurs(metadata: Readonly<Record<string, unknown>>): boolean {
  const inner = isRecord(metadata['metadata']) ? metadata['metadata'] : {};
  const kernelspec = isRecord(inner['kernelspec']) ? inner['kernelspec'] : undefined;
  const language = isRecord(inner['language_info']) ? inner['language_info']['name'] : undefined;
  return kernelspec === undefined ? language === 'typescript' : kernelspec['name'] === KERNELSPEC.name;
}

/** The tags of a cell (nbformat 4.5, "Cell metadata"). */
export function tagsOf(cellMetadata: Readonly<Record<string, unknown>>): readonly string[] {
  const inner = isRecord(cellMetadata['metadata']) ? cellMetadata['metadata'] : {};
  const tags: unknown = inner['tags'];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}
