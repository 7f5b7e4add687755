import { types } from 'node:util';
import type { ValueDescription } from '../../protocol/host.js';
import type { Variable } from '../../protocol/threads.js';
import { isLikeMatrix } from '../look/plain-matrix.js';
import { bytesOf, isObject, lengthOf, typeName } from './intrinsics.js';
import { previewOf } from './preview.js';

const MAX_PREVIEW_CHARS = 80;

/**
 * One line about a variable. Looking runs nothing of the user's: no getter, no trap of a proxy, no `inspect.custom`.
 *
 * @param describe what the runtime knows of its own classes
 */
export function describeVariable(name: string, value: unknown, describe: (value: object) => ValueDescription | undefined = () => undefined): Variable {
  const known = isObject(value) && !types.isProxy(value) ? describe(value) : undefined;
  const length = isObject(value) ? lengthOf(value) : undefined;
  const { preview, shape = length === undefined ? undefined : [length], bytes = bytesOf(value), isMask = false, wiring = isLikeMatrix(value) ? 'matrix' : undefined } = known ?? { preview: previewOf(value) };
  return { name, type: typeName(value), preview: line(preview), ...(shape === undefined ? {} : { shape }), ...(bytes === undefined ? {} : { bytes }), isMask, ...(wiring === undefined ? {} : { wiring }) };
}

function line(text: string): string {
  const one = text.replace(/\s+/g, ' ');
  return one.length > MAX_PREVIEW_CHARS ? `${one.slice(0, MAX_PREVIEW_CHARS - 1)}…` : one;
}
