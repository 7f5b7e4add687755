/** A view on its way to the reader: display, and file when one is wanted. */
import { DisplayHandle } from '../display/handle.js';
import { newDisplayId, publish } from '../display/publish.js';
import type { FileOptions } from './options.js';
import { pictureOfView, viewBundle, type View } from './view-bundle.js';
import { writePicture } from './write-picture.js';

/** @param again makes the next view from the arguments of `handle.update`. */
export function present<Update extends readonly unknown[]>(view: View, options: FileOptions, again: (...args: Update) => View): DisplayHandle<Update> {
  const displayId = options.displayId ?? newDisplayId();
  const show = (shown: View, update: boolean): void => {
    if (options.file !== undefined) writePicture(options.file, pictureOfView(shown));
    publish(viewBundle(shown), { displayId, update });
  };
  show(view, false);
  return new DisplayHandle(displayId, (...args: Update) => show(again(...args), true));
}
