import path from 'node:path';
import type { PathMapping } from '../../protocol/threads.js';
import { findFile, type ResolvedFile } from './resolve-file.js';

/**
 * The file that `paths` or `baseUrl` of the `tsconfig.json` give for an import that is not relative; undefined leaves it to
 * the packages. As TypeScript does it: an exact pattern wins, then the one with the longest text before its `*`; the first
 * target that exists counts.
 */
export function mappedFile(specifier: string, mapping: PathMapping | undefined): ResolvedFile | undefined {
  if (mapping === undefined) return undefined;
  const found = bestPattern(specifier, mapping.patterns);
  if (found !== undefined) {
    for (const target of found.targets) {
      const file = findFile(path.resolve(mapping.base, target.replace('*', () => found.star)));
      if (file !== undefined) return file;
    }
    return undefined;
  }
  return mapping.isBaseUrl ? findFile(path.resolve(mapping.base, specifier)) : undefined;
}

interface Match {
  readonly targets: readonly string[];
  /** What the `*` stands for. */
  readonly star: string;
}

function bestPattern(specifier: string, patterns: PathMapping['patterns']): Match | undefined {
  let best: (Match & { readonly length: number }) | undefined;
  for (const [pattern, targets] of patterns) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined) {
      if (pattern === specifier) return { targets, star: '' };
      continue;
    }
    const fits = specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
    if (!fits || (best !== undefined && best.length >= before.length)) continue;
    best = { targets, star: specifier.slice(before.length, specifier.length - after.length), length: before.length };
  }
  return best;
}
