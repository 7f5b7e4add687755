/** SVG -> opaque PNG by resvg in WebAssembly, with one bundled font: equal pictures on every machine, and no native module. */
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { encodeOpaquePng } from './encode-png.js';

export interface RasterAssets {
  /** `index_bg.wasm` of resvg. */
  readonly wasm: Uint8Array<ArrayBuffer>;
  /** A TrueType file; every text is set in it. */
  readonly font: Uint8Array;
}

/** Device pixels per SVG pixel: sharp on a dense screen, legible when a page shrinks it. */
export const PICTURE_ZOOM = 2;

export type Rasterize = (svg: string) => Uint8Array;

let initialized: Promise<void> | undefined;

/** Resolves to a function that throws an Error when its text is not an SVG document. */
export async function createRasterizer({ wasm, font }: RasterAssets): Promise<Rasterize> {
  initialized ??= initWasm(wasm);
  await initialized;
  return (svg) => {
    const document = new Resvg(svg, {
      background: '#ffffff',
      fitTo: { mode: 'zoom', value: PICTURE_ZOOM },
      font: { fontBuffers: [font], defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
    });
    try {
      const image = document.render();
      try {
        return encodeOpaquePng({ width: image.width, height: image.height, rgba: image.pixels });
      } finally {
        image.free();
      }
    } finally {
      document.free();
    }
  };
}
