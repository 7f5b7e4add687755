/**
 * The module `tslab` for notebooks that were written for that kernel: `display`, `newDisplay` and `versions`, as tslab has them
 * (https://github.com/yunabe/tslab). The original would load a TypeScript and a ZeroMQ of its own.
 */
import { randomBytes } from 'node:crypto';
import type { RuntimeHost } from '../../protocol/host.js';
import { COMPILER_VERSION } from '../../protocol/version.js';
import { namespaceOf, type Namespace } from './namespace.js';

/** The tslab whose module this is. */
const TSLAB_VERSION = '1.0.22';

/** By the method's name. */
const MEDIA_TYPES = {
  javascript: 'text/javascript',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  text: 'text/plain',
} as const;

type Display = Readonly<Record<keyof typeof MEDIA_TYPES, (data: string | Uint8Array) => void>> & {
  /** Bytes are sent as base64, everything else as it is. */
  raw(mediaType: string, data: unknown): void;
};

export function tslabModule(host: Pick<RuntimeHost, 'display'>): Namespace {
  const display = createDisplay(host, undefined);
  const newDisplay = (): Display => createDisplay(host, randomBytes(8).toString('hex'));
  return namespaceOf({ versions: { tslab: TSLAB_VERSION, typescript: COMPILER_VERSION, node: process.version }, display, newDisplay });
}

/** With an id, the first call shows and later ones replace what was shown. */
function createDisplay(host: Pick<RuntimeHost, 'display'>, displayId: string | undefined): Display {
  let isShown = false;
  const raw = (mediaType: string, data: unknown): void => {
    const encoded = data instanceof Uint8Array ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') : data;
    host.display({ [mediaType]: encoded }, displayId === undefined ? {} : { displayId, update: isShown });
    isShown = true;
  };
  const methods = Object.entries(MEDIA_TYPES).map(([name, mediaType]) => [name, (data: unknown) => raw(mediaType, data)]);
  // SAFETY: a method for each key of MEDIA_TYPES.
  return { ...(Object.fromEntries(methods) as Omit<Display, 'raw'>), raw };
}
