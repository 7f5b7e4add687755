/** A file for the user: VS Code asks where to, a browser puts it into its downloads. */
import { make } from '../dom.js';

/** @param near an element of the output: VS Code looks at clicks inside of outputs */
export function download(near: HTMLElement, name: string, content: Blob): void {
  const link = make('a', { display: 'none' });
  link.href = URL.createObjectURL(content);
  link.download = name;
  near.append(link);
  link.click();
  link.remove();
  // The click is looked at after this, asynchronously.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A title as the name of a file. */
export const fileName = (title: string, ending: string): string => `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'matrix'}.${ending}`;
