/** What inflate libraries leave out: that the files of a zip archive are what was put into it. */

import { crc32 } from '../crc32.js';

const CENTRAL_ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;

/**
 * The first file whose CRC-32 is not the one that the archive's directory gives; undefined when all are right. An archive of
 * 4 GB or more, whose directory is elsewhere, is not checked.
 *
 * Source: PKWARE's .ZIP file format specification (APPNOTE 6.3), sections 4.3.12 and 4.3.16.
 */
export function damagedFile(archive: Uint8Array, files: Readonly<Record<string, Uint8Array>>): string | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.byteLength - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) return undefined;
  const checksums: number[] = [];
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === CENTRAL_ENTRY) {
    checksums.push(view.getUint32(at + 16, true));
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  // A library gives the files in the order of the directory.
  const names = Object.keys(files);
  return names.length === checksums.length ? names.find((name, k) => crc32(files[name] ?? new Uint8Array(0)) !== checksums[k]) : undefined;
}
