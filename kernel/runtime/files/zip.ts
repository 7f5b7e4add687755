import { unzipSync, zipSync } from 'fflate';

/** The files of a zip archive by name. Throws on bytes that are none. */
export const unzip = (bytes: Uint8Array): Record<string, Uint8Array> => unzipSync(bytes);

/** A deflated zip archive; the same files give the same bytes, whenever it is written. */
export const zip = (files: Record<string, Uint8Array>): Uint8Array => zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
