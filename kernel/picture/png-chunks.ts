/** The file format around the pixels: PNG (W3C, third edition), section 5. */
import { deflateSync } from 'node:zlib';
import { crc32 } from '../model/crc32.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export const COLOUR_TYPE = { indexed: 3, rgba: 6 } as const;

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly colourType: (typeof COLOUR_TYPE)[keyof typeof COLOUR_TYPE];
  /** Red, green, blue of each index. */
  readonly palette?: Uint8Array;
  /** Rows, each led by its filter byte. */
  readonly rows: Uint8Array;
}

export function pngFile({ width, height, colourType, palette, rows }: PngParts): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
