/** A file that is no mask: why, and the way to look at it all the same. */
import { make } from '../../renderers/dom.js';

export function refusedPage(problem: string, isText: boolean, open: () => void): HTMLElement {
  const root = make('main');
  root.className = 'refused';
  const button = make('button', {}, isText ? 'Open as Text' : 'Open with the Default Editor');
  button.className = 'primary';
  button.type = 'button';
  button.addEventListener('click', open);
  const sentence = make('p', {}, problem);
  sentence.setAttribute('role', 'alert');
  root.append(make('h1', {}, 'This file is not opened as a mask'), sentence, button);
  return root;
}
