import type { Output } from './messages.js';

const UNIT_CHARS = 1024;

/** How much an output takes on its way to the client: 1, and 1 more for each 1024 characters. Both threads count by it. */
export function outputWeight({ content }: Output): number {
  let chars = 0;
  if ('text' in content) chars = content.text.length;
  else if ('data' in content) for (const value of Object.values(content.data)) if (typeof value === 'string') chars += value.length;
  return 1 + Math.floor(chars / UNIT_CHARS);
}
