import path from 'node:path';
import vm from 'node:vm';

export type NativeImport = (specifier: string, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

/** Node's own `import()`, as code in `folder` would call it. */
export function nativeImportFrom(folder: string): NativeImport {
  const script = new vm.Script('(specifier, options) => import(specifier, options)', {
    filename: path.join(folder, 'patchbay-import.mjs'),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  // SAFETY: the script is the arrow function above.
  return script.runInThisContext() as NativeImport;
}
