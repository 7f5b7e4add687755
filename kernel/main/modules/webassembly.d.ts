/** What we use of the WebAssembly JavaScript Interface; TypeScript declares it with the DOM only. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  type ModuleImports = Record<string, unknown>;
  type Imports = Record<string, ModuleImports>;
  const Module: { imports(module: Module): readonly { readonly module: string; readonly name: string }[] };
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<{ readonly exports: Record<string, unknown> }>;
}
