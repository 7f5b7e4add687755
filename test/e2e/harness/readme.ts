/** The README's first cell, so that what a newcomer copies is what is tested. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environment } from './environment.js';

export function readmeCell(): string {
  const text = readFileSync(path.join(environment().root, 'README.md'), 'utf8');
  const code = /## The first cell\s+```ts\n([\s\S]*?)```/.exec(text)?.[1];
  if (code === undefined) throw new Error('README.md has no TypeScript under “The first cell”');
  return code.trimEnd();
}
