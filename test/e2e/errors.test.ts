/** What goes wrong for a student: each cell ends, with a message that can be understood. */
import { expect } from 'vitest';
import { joined, notebookOf, type SavedCell, type SavedOutput } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';

const FIVE_MEGABYTES = 5 * 2 ** 20;

const CASES = [
  { name: 'an unknown import', code: "import { nothing } from 'not-installed-anywhere';", says: [/not-installed-anywhere/, /npm install/] },
  { name: 'a syntax error', code: 'const a = 1;\nconst b = (2;', says: [/SyntaxError/, /line 2/] },
  { name: 'a thrown error', code: "function check(n: number): void {\n  throw new RangeError('n is ' + n);\n}\ncheck(7);", says: [/RangeError: n is 7/, /line 2/, /line 4/] },
  { name: 'a transposed mask', code: "import { maskedDense } from 'patchbay';\nmaskedDense({ units: 2, inputShape: [3], connections: [[1, 0, 1], [0, 1, 1]] }).build([null, 3]);", says: [/3/, /2/, /transpose/i] },
] as const;

const errorOf = (cell: SavedCell | undefined): SavedOutput | undefined => cell?.outputs?.find(({ output_type }) => output_type === 'error');
const plain = (text: string): string => text.replace(/\u001b\[[0-9;]*m/g, '');

for (const { name, code, says } of CASES) {
  vscodeTest(name, { workspace: { 'error.ipynb': notebookOf('const earlier = 1;', code, 'earlier + 1') }, open: 'error.ipynb' }, async ({ notebook }) => {
    await notebook.runAll();
    const states = await notebook.states();
    expect([...states.values()]).toEqual(['success', 'error', 'idle']);
    const shown = await notebook.outputs.text();
    for (const pattern of says) expect(shown).toMatch(pattern);

    await notebook.startCell(2);
    await notebook.waitForState(2, 'success');
    const { cells } = await notebook.save();
    const error = errorOf(cells[1]);
    for (const pattern of says) expect(plain([error?.ename, error?.evalue, ...(error?.traceback ?? [])].join('\n'))).toMatch(pattern);
    expect(joined(cells[2]?.outputs?.[0]?.data?.['text/plain'] as string)).toBe('2');
  });
}

vscodeTest(
  'an output of 5 MB arrives whole, and the next cell runs',
  { workspace: { 'long.ipynb': notebookOf(`console.log('begin' + 'x'.repeat(${FIVE_MEGABYTES}) + 'end');`, '1 + 1') }, open: 'long.ipynb' },
  async ({ notebook }) => {
    await notebook.runAll();
    expect([...(await notebook.states()).values()]).toEqual(['success', 'success']);
    const { cells } = await notebook.save();
    const text = (cells[0]?.outputs ?? []).map((output) => joined(output.text)).join('');
    expect(text.length).toBe(FIVE_MEGABYTES + 'beginend\n'.length);
    expect(joined(cells[1]?.outputs?.[0]?.data?.['text/plain'] as string)).toBe('2');
  },
);
