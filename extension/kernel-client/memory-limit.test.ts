import { expect, it } from 'vitest';
import { memoryArguments } from './memory-limit.js';

it.each<[unknown, readonly string[]]>([
  [4096, ['--max-old-space-size=4096']],
  [100.4, ['--max-old-space-size=100']],
  [0, []],
  [8, []],
  [-1, []],
  [Infinity, []],
  [NaN, []],
  ['4096', []],
  [undefined, []],
])('a limit of %j gives %j', (limit, expected) => expect(memoryArguments(limit)).toEqual(expected));
