/**
 * What all renderers in a page share. Each is a bundle of its own, so they meet on the page's global object and not in a module.
 *
 * @param name one module's own; another number when the form of the state changes
 */
export function pageWide<State extends object>(name: string, make: () => State): State {
  // SAFETY: only the module whose name it is, in whichever bundle, puts something under the symbol.
  const page = globalThis as { [symbol: symbol]: State | undefined };
  return (page[Symbol.for(name)] ??= make());
}
