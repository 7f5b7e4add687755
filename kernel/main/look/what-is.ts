/** A value that no mask is made of, in words: what it is, and what to do. Looking runs nothing of the user's. */
import { types } from 'node:util';
import { isObject, lengthOf, nameOf, typeName } from '../variables/intrinsics.js';

const DRAWN = 'Visualize Mask draws a Mask, a masked layer, a model, and a tensor or array of numbers in rows and columns.';

/** `a string`, `an array of 5`, `a function train` */
export function valueInWords(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return `a function${nameOf(value) === '' ? '' : ` ${nameOf(value)}`}`;
  if (!isObject(value)) return withArticle(typeof value);
  if (types.isProxy(value)) return 'a Proxy';
  const length = lengthOf(value);
  if (Array.isArray(value)) return length === 0 ? 'an empty array' : `an array of ${length}`;
  const name = typeName(value);
  if (length !== undefined) return `${withArticle(name)} of ${length}`;
  return name === 'Object' ? 'an object' : withArticle(name);
}

const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;

/** A sentence, and one that says what to do. `title` is the expression. */
export function noMaskSentence(title: string, value: unknown): string {
  return `${quoted(title)} is ${valueInWords(value)}, not a mask. ${remedy(title, value)}`;
}

export const quoted = (title: string): string => `\`${title.length > 80 ? `${title.slice(0, 79)}…` : title}\``;

function remedy(title: string, value: unknown): string {
  if (value === undefined) return `Run the cell that gives it a value. ${DRAWN}`;
  if (typeof value === 'string') return `If it is a drawing of one, Mask.from(${title}) in a cell makes it a mask. ${DRAWN}`;
  if (typeof value === 'function') return `Visualize the expression ${title}(…), or keep what it returns in a variable. ${DRAWN}`;
  if (types.isPromise(value)) return `In a cell, keep what it resolves to: const value = await ${title}.`;
  if (types.isProxy(value)) return `Looking at a Proxy would run its code: keep what it stands for in a variable. ${DRAWN}`;
  if (types.isTypedArray(value)) return `Say its shape, [inputs, outputs]: Mask.from(${title}, { shape: [${shapeFor(lengthOf(value) ?? 0)}] }) in a cell.`;
  return DRAWN;
}

/** The most square shape of so many entries. */
function shapeFor(entries: number): string {
  let rows = Math.max(1, Math.floor(Math.sqrt(entries)));
  while (entries % rows !== 0) rows--;
  return `${rows}, ${entries / rows}`;
}
