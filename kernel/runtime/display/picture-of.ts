/**
 * The picture that belongs to a bundle, as SVG, under a symbol of the bundle object.
 *
 * A symbol is no media type, so a bundle stays plain data for whoever only reads its keys; whoever can turn SVG into PNG off the
 * main thread looks for it.
 */
import type { MimeBundle } from '../../protocol/messages.js';

const PICTURE: unique symbol = Symbol.for('patchbay.picture');

/** @param draw called at most once, and only when somebody wants the picture. */
export function withPicture(bundle: MimeBundle, draw: () => string): MimeBundle {
  let svg: string | undefined;
  return Object.defineProperty({ ...bundle }, PICTURE, { get: () => (svg ??= draw()), enumerable: false });
}

/** `to` with the picture of `from`, if it has one. */
export const copyPicture = (from: MimeBundle, to: MimeBundle): MimeBundle => (PICTURE in from ? withPicture(to, () => pictureOf(from) ?? '') : to);

export function pictureOf(bundle: MimeBundle): string | undefined {
  // SAFETY: a property read; anything but a string is ignored.
  const svg = (bundle as { readonly [PICTURE]?: unknown })[PICTURE];
  return typeof svg === 'string' ? svg : undefined;
}
