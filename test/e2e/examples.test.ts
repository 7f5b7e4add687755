/** The examples, as a newcomer meets them: open, run all, look, save. */
import path from 'node:path';
import { expect } from 'vitest';
import { environment } from './harness/environment.js';
import { joined, readNotebook, type SavedNotebook, type SavedOutput } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';
import { drawnCanvases, expectDrawn, VIEWS } from './harness/views.js';

const sources = ({ cells }: SavedNotebook): string[] => cells.map(({ source }) => joined(source));
const outputsOf = ({ cells }: SavedNotebook): SavedOutput[] => cells.flatMap(({ outputs }) => outputs ?? []);

const EXAMPLES = [
  { name: 'first-mask.ipynb', views: VIEWS },
  { name: 'receptive-fields.ipynb', views: ['kernel', 'loss'] },
  { name: 'xor.ipynb', views: VIEWS },
  { name: 'import-keras.ipynb', views: ['kernel', 'loss'] },
] as const;

for (const { name, views } of EXAMPLES) {
  vscodeTest(`examples/${name}: run all, every view is drawn, and the saved file holds it`, { workspace: { copyOf: 'examples' }, open: name }, async ({ notebook }) => {
    expect(await notebook.kernelName()).toContain('TypeScript (Patchbay)');
    await notebook.runAll();

    const canvases = await drawnCanvases(notebook);
    for (const view of views) {
      const drawn = canvases.filter(({ label }) => new RegExp(view, 'i').test(label));
      expect(drawn.length, `${view} views among ${JSON.stringify(canvases.map(({ label }) => label))}`).toBeGreaterThan(0);
      drawn.forEach(expectDrawn);
    }

    const before = await readNotebook(path.join(environment().root, 'examples', name));
    const saved = await notebook.save();
    expect(sources(saved)).toEqual(sources(before));
    expect(saved.metadata['kernelspec']).toEqual(before.metadata['kernelspec']);
    const code = saved.cells.filter(({ cell_type }) => cell_type === 'code');
    expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map((_, index) => index + 1));
    for (const view of views) {
      const bundles = outputsOf(saved).flatMap(({ data }) => (data?.[`application/vnd.patchbay.${view}+json`] === undefined ? [] : [data]));
      expect(bundles.length, `saved ${view} views`).toBeGreaterThan(0);
      for (const bundle of bundles) {
        expect(Buffer.from(joined(bundle['image/png'] as string), 'base64').subarray(1, 4).toString(), `${view}: image/png`).toBe('PNG');
        expect(joined(bundle['text/plain'] as string), `${view}: text/plain`).toMatch(/\w+ .*\w/);
      }
    }
    for (const { metadata, outputs } of code) {
      const expected = Array.isArray(metadata['tags']) && metadata['tags'].includes('raises-exception');
      expect((outputs ?? []).some(({ output_type }) => output_type === 'error'), 'an error only where the cell announces one').toBe(expected);
    }
  });
}
