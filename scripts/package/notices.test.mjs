import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder, writeNotices } from './notices.mjs';

it.each([
  ['kernel/main/process.ts', undefined],
  ['node_modules/chart.js/dist/chart.js', 'node_modules/chart.js'],
  ['node_modules/@tensorflow/tfjs-core/dist/index.js', 'node_modules/@tensorflow/tfjs-core'],
  ['/clone/node_modules/a/node_modules/b/index.js', '/clone/node_modules/a/node_modules/b'],
])('finds the package of %s', (file, folder) => {
  expect(packageFolder(file)).toBe(folder);
});

it('passes on the licence of each package once, and says which one when there is no text', async () => {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-notices-'));
  try {
    for (const [name, licence] of [['beta', 'Beta terms'], ['alpha', undefined]]) {
      const folder = path.join(root, 'node_modules', name);
      await fs.mkdir(folder, { recursive: true });
      await fs.writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'ISC' }));
      if (licence) await fs.writeFile(path.join(folder, 'LICENSE.md'), licence);
    }
    const target = path.join(root, 'notices.txt');
    const files = ['node_modules/beta/a.js', 'node_modules/beta/b.js', 'node_modules/alpha/a.js', 'own/a.ts'].map((file) => path.join(root, file));
    await writeNotices(files, target);
    const text = await fs.readFile(target, 'utf8');
    expect(text.match(/beta 1\.2\.3\n\nBeta terms/g)).toHaveLength(1);
    expect(text).toContain('alpha 1.2.3\n\nLicence: ISC');
    expect(text.indexOf('alpha')).toBeLessThan(text.indexOf('beta'));
  } finally {
    await fs.rm(root, { recursive: true, force: true });
  }
});
