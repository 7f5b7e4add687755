import { HOST_KEY, type RuntimeHost } from '../../protocol/host.js';

/** The kernel around us; undefined in a plain script. Looked up at each call: a test may put one there. */
export function currentHost(): RuntimeHost | undefined {
  // SAFETY: the kernel puts a RuntimeHost under its own symbol; in a plain script nothing is there.
  return (globalThis as { readonly [HOST_KEY]?: RuntimeHost })[HOST_KEY];
}
