/**
 * Names that cells may declare and that must not appear on `globalThis` all the same: libraries ask for them to learn
 * whether they run in a browser, a worker, a bundler, or under a module system that is not there.
 */
const PROBED = [
  'window', 'document', 'self', 'navigator', 'location', 'screen', 'history', 'frames', 'parent', 'top', 'opener',
  'localStorage', 'sessionStorage', 'indexedDB', 'importScripts', 'WorkerGlobalScope', 'DedicatedWorkerGlobalScope',
  'SharedWorkerGlobalScope', 'ServiceWorkerGlobalScope', 'onmessage', 'postMessage', 'addEventListener', 'removeEventListener',
  'define', 'module', 'exports', 'require', '__filename', '__dirname', '__webpack_require__', '__non_webpack_require__', 'Module',
  'Deno', 'Bun', 'EdgeRuntime', 'Netlify', 'chrome', 'browser', 'electron', 'ActiveXObject', 'XMLHttpRequest', 'WebSocket', 'EventSource',
  'HTMLElement', 'Element', 'Node', 'Image', 'ImageData', 'HTMLCanvasElement', 'HTMLImageElement', 'HTMLVideoElement', 'CanvasRenderingContext2D',
  'OffscreenCanvas', 'WebGLRenderingContext', 'WebGL2RenderingContext', 'createImageBitmap', 'requestAnimationFrame', 'cancelAnimationFrame',
  'jQuery', 'jest', 'mocha', 'process', 'global', 'globalThis',
] as const; // prettier-ignore

/** Those, and every name that the global object or its prototypes have when the session starts. */
export function reservedNames(globalObject: object): Set<string> {
  const names = new Set<string>(PROBED);
  for (let at: object | null = globalObject; at !== null; at = prototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return names;
}

function prototypeOf(value: object): object | null {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype === 'object' ? prototype : null;
}
