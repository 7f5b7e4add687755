import Module from 'node:module';
import type { TypeScript } from '../compile/index.js';

/** Makes `require('typescript')` in this thread give the compiler that was loaded with cached data. */
export function provideTypeScript(typescript: TypeScript): void {
  // SAFETY: Module._load is Node's own loader; only its three arguments are relied on.
  const loader = Module as unknown as { _load: (request: string, parent: unknown, isMain: boolean) => unknown };
  const load = loader._load.bind(Module);
  loader._load = (request, parent, isMain) => (request === 'typescript' ? typescript : load(request, parent, isMain));
}
