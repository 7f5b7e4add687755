/** Renderers as they are built: what a page loads before its first picture. */
import fs from 'node:fs/promises';
import { expect, it } from 'vitest';

it.each([['mask.js', 60], ['kernel.js', 60], ['loss.js', 250]])('%s has at most %i KB', async (name, kilobytes) => {
  const { size } = await fs.stat(new URL(`../../dist/renderers/${name}`, import.meta.url));
  expect(size).toBeLessThanOrEqual(kilobytes * 1024);
});
