/**
 * What inflate libraries leave out: that the files of a zip archive are what was put into it, and that a file can be as large as
 * the archive says before so much memory is asked for.
 *
 * Source: PKWARE's .ZIP file format specification (APPNOTE 6.3), sections 4.3.12 and 4.3.16.
 */
import { crc32 } from '../crc32.js';

const CENTRAL_ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
/** Stands for a size that is written elsewhere, of 4 GB or more. */
const ELSEWHERE = 0xffffffff;
/** Deflate makes no more of a byte. */
const MAX_RATIO = 1032;

interface Entry {
  readonly checksum: number;
  readonly compressed: number;
  readonly size: number;
}

/** In the order of the directory; undefined for an archive of 4 GB or more, whose directory is elsewhere, and for what is none. */
function entriesOf(archive: Uint8Array): Entry[] | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.byteLength - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) return undefined;
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === CENTRAL_ENTRY) {
    entries.push({ checksum: view.getUint32(at + 16, true), compressed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true) });
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The size that a file of the archive cannot have, to be looked at before the archive is unpacked; undefined when all can. */
export function impossibleSize(archive: Uint8Array): number | undefined {
  return entriesOf(archive)?.find(({ compressed, size }) => size !== ELSEWHERE && (compressed > archive.byteLength || size > compressed * MAX_RATIO))?.size;
}

/** The first file whose CRC-32 is not the one that the archive's directory gives; undefined when all are right. */
export function damagedFile(archive: Uint8Array, files: Readonly<Record<string, Uint8Array>>): string | undefined {
  const entries = entriesOf(archive);
  // A library gives the files in the order of the directory.
  const names = Object.keys(files);
  return names.length === entries?.length ? names.find((name, k) => crc32(files[name] ?? new Uint8Array(0)) !== entries[k]?.checksum) : undefined;
}
