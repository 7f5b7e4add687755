import type { ImportRequest } from '../../compile/index.js';
import type { Namespace } from './loader.js';

/**
 * `import { a } from 'cjs'`: Node finds the names of a CommonJS module by reading its text, and misses some. Those that
 * a cell asks for are taken from `module.exports` itself, which is the default export.
 */
export function withNamesOfDefault(namespace: Namespace, request: ImportRequest | undefined): Namespace {
  const exported = namespace['default'];
  if (request === undefined || exported === null || (typeof exported !== 'object' && typeof exported !== 'function')) return namespace;
  const missing = request.bindings.map(({ imported }) => imported).filter((name) => name !== '*' && name !== '=' && !(name in namespace) && name in exported);
  if (missing.length === 0) return namespace;
  const found: Namespace = { ...namespace };
  for (const name of missing) found[name] = Reflect.get(exported, name);
  return found;
}
