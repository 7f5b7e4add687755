/** CRC-32 of ISO 3309, as PNG and zip use it. `zlib.crc32` is not in every Node 20. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let code = byte;
  for (let bit = 0; bit < 8; bit++) code = code & 1 ? 0xedb88320 ^ (code >>> 1) : code >>> 1;
  return code;
});

export function crc32(bytes: Uint8Array): number {
  let code = 0xffffffff;
  for (const byte of bytes) code = (TABLE[(code ^ byte) & 255] ?? 0) ^ (code >>> 8);
  return (code ^ 0xffffffff) >>> 0;
}
