/** PNG (W3C, third edition) from pixels: 8-bit RGBA, every row with the Sub filter, which suits runs of one colour. */
import { crc32 } from './crc32.js';
import { deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Row by row, four bytes a pixel. */
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SUB = 1;

/** @throws RangeError when there is no pixel: PNG has no empty images. */
export function encodePng({ width, height, rgba }: Pixels): Buffer {
  if (width < 1 || height < 1 || rgba.length !== 4 * width * height) {
    throw new RangeError(`encodePng: ${rgba.length} bytes are not a picture of ${width} × ${height} pixels`);
  }
  const stride = 4 * width;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    rows[to] = SUB;
    for (let x = 0; x < stride; x++) rows[to + 1 + x] = (rgba[y * stride + x] ?? 0) - (x < 4 ? 0 : (rgba[y * stride + x - 4] ?? 0));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 6 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export const pngDataUri = (pixels: Pixels): string => `data:image/png;base64,${encodePng(pixels).toString('base64')}`;
