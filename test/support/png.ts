/** Reads back the PNG files that Patchbay writes: 8 bits, indexed or RGBA, filters None and Sub; checks every chunk's CRC. */
import { crc32, inflateSync } from 'node:zlib';

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  /** Red, green, blue, alpha. */
  at(x: number, y: number): [number, number, number, number];
}

export function decodePng(file: Uint8Array): DecodedPng {
  const bytes = Buffer.from(file);
  if (bytes.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('no PNG signature');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== bytes.readUInt32BE(at + 8 + length)) throw new Error(`bad CRC in ${body.toString('latin1', 0, 4)}`);
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const colourType = header[9]!;
  const step = colourType === 3 ? 1 : 4;
  const rows = inflateSync(chunks.get('IDAT')!);
  const stride = width * step;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = filter === 1 && x >= step ? pixels[y * stride + x - step]! : 0;
      pixels[y * stride + x] = rows[y * (stride + 1) + 1 + x]! + left;
    }
  }
  const palette = chunks.get('PLTE');
  const at = (x: number, y: number): [number, number, number, number] => {
    const from = (y * width + x) * step;
    if (!palette) return [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!, pixels[from + 3]!];
    const index = 3 * pixels[from]!;
    return [palette[index]!, palette[index + 1]!, palette[index + 2]!, 255];
  };
  return { width, height, colourType, at };
}
