/**
 * tslab's module, for notebooks that were written for that kernel (https://github.com/yunabe/tslab).
 */
export interface Display {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  /** Shows content of any media type: bytes are sent as base64. */
  raw(contentType: string, b: string | Uint8Array): void;
}

/** Shows content below the cell. */
export declare const display: Display;
/** A display of its own: its first call shows, later ones replace what was shown. */
export declare function newDisplay(): Display;
export declare const versions: { readonly tslab: string; readonly typescript: string; readonly node: string };
