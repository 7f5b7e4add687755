/** The packed extension, installed by VS Code, runs a notebook of a folder that has nothing but it. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect } from 'vitest';
import { MAX_VSIX_BYTES, packExtension } from '../../scripts/package/vsix.mjs';
import { notebookOf } from './harness/notebook-file.js';
import { readmeCell } from './harness/readme.js';
import { vscodeTest } from './harness/session.js';
import { drawnCanvases, expectDrawn, VIEWS } from './harness/views.js';

let folder = '';
let vsix = '';
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-vsix-'));
  const packed = await packExtension(folder);
  expect(packed.bytes).toBeLessThan(MAX_VSIX_BYTES);
  vsix = packed.file;
  const entries = unzipSync(await fs.readFile(vsix));
  expect(entries['extension/node_modules/patchbay-typescript-plugin/index.js']?.length, "the plugin of VS Code's TypeScript").toBeGreaterThan(500);
  expect(entries['extension/dist/extension.js']?.length, 'the extension itself, which holds no TypeScript').toBeLessThan(400_000);
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

vscodeTest("the .vsix installs, and runs and draws the README's first cell", () => ({ workspace: { 'readme.ipynb': notebookOf(readmeCell()) }, open: 'readme.ipynb', vsix }), async ({ notebook }) => {
  await notebook.runAll();
  expect([...(await notebook.states()).values()]).toEqual(['success']);
  const canvases = await drawnCanvases(notebook);
  expect(canvases.length).toBe(VIEWS.length);
  canvases.forEach(expectDrawn);
  const { cells } = await notebook.save();
  const types = (cells[0]?.outputs ?? []).flatMap(({ data }) => Object.keys(data ?? {})).filter((type) => type.startsWith('application/'));
  expect(types.sort()).toEqual([...VIEWS].map((view) => `application/vnd.patchbay.${view}+json`).sort());
});
