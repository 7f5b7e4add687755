/** What must not hurt the language service: large and broken notebooks, changes in its midst, its own death. */
import { afterEach, describe, expect, it } from 'vitest';
import { NODES } from './harness.js';
import { TestEditor } from './language-harness.js';

const [newest] = NODES.slice(-1);

describe('the language service', () => {
  let editor: TestEditor;
  const start = (files: Readonly<Record<string, string>> = {}): TestEditor => (editor = new TestEditor(newest?.path ?? process.execPath, files));
  afterEach(() => editor.stop());
  const completes = async (cell: string, marked: string): Promise<string[]> => ((await editor.ask('completion', { position: editor.at(cell, marked) }))?.items ?? []).map(({ label }) => label);

  it('takes a notebook of 300 cells that build on each other, a cell of 5,000 lines and one of garbage', async () => {
    start();
    const cells = [
      { id: 'first', text: 'const v0 = [0];' },
      ...Array.from({ length: 298 }, (_, index) => ({ id: `c${index}`, text: `const v${index + 1} = v${index}.map((x) => x + ${index});` })),
      { id: 'long', text: Array.from({ length: 5_000 }, (_, line) => `const line${line} = { a: ${line}, b: v1.length };`).join('\n') },
      { id: 'garbage', text: '}}} ((( `${ class { <div /* "\\u' },
      { id: 'last', text: 'v298.length;\nline4999.' },
    ];
    await editor.open(cells);
    expect(await completes('last', 'v298.|length')).toContain('map');
    expect(await completes('last', 'line4999.|')).toEqual(['a', 'b']);
    await editor.write('last', 'const wrong: string = v298;');
    await editor.untilProblems('last', ["1: Type 'number[]' is not assignable to type 'string'."]);
    await editor.kernel.until(() => editor.problems('garbage').length > 0, 'problems of garbage', 60_000);
    expect(editor.problems('long')).toEqual([]);
    expect(editor.kernel.log).toEqual([]);
  });

  it('survives a cell that is nested too deeply', async () => {
    start();
    await editor.open([
      { id: 'deep', text: `const sum = ${Array.from({ length: 2_000 }, () => '1').join('+')};\nconst nest = ${'['.repeat(100)}${']'.repeat(100)};` },
      { id: 'next', text: 'const ok = 1; ok.' },
    ]);
    expect(await completes('next', 'ok.|')).toContain('toFixed');
    await editor.write('deep', '['.repeat(200_000));
    expect(await completes('next', 'ok.|')).toContain('toFixed');
    expect(await editor.reply('hover', { position: { cell: 'deep', line: 0, character: 5 } })).toMatchObject({ status: 'error', evalue: 'cell deep is nested too deeply' });
    await editor.write('deep', 'const shallow: string = 1;');
    await editor.untilProblems('deep', ["1: Type 'number' is not assignable to type 'string'."]);
    expect(editor.kernel.log).toEqual([]);
  });

  it('knows the types of patchbay, tfjs and Node in a folder without node_modules, and misses none in its log', async () => {
    start();
    await editor.open([
      { id: 'imports', text: "import { Mask, masks } from 'patchbay';\nimport * as tf from '@tensorflow/tfjs';\nimport { readFileSync } from 'node:fs';\nimport missing from 'no-such-package';" },
      { id: 'types', text: "const a: string = masks.dense(2, 3);\nconst b: string = tf.ones([2]);\nconst c: number = readFileSync('x', 'utf8');\nconst d: number = process.version;" },
      { id: 'old', text: 'const old = "x".sub' },
    ]);
    await editor.untilProblems('imports', ["4: Cannot find module 'no-such-package' or its corresponding type declarations."]);
    await editor.untilProblems('types', ["1: Type 'Mask' is not assignable to type 'string'.", "2: Type 'Tensor<Rank>' is not assignable to type 'string'.", "3: Type 'string' is not assignable to type 'number'.", "4: Type 'string' is not assignable to type 'number'."]);
    // TypeScript marks what its own declarations call deprecated, and nothing beside it.
    const items = (await editor.ask('completion', { position: editor.at('old', 'x".sub|') }))?.items ?? [];
    const marks = items.filter(({ label }) => ['sub', 'substr', 'substring'].includes(label)).map(({ label, isDeprecated }) => [label, isDeprecated === true]);
    expect(Object.fromEntries(marks)).toEqual({ sub: true, substr: true, substring: false });
    expect(editor.kernel.log).toEqual([]);
  });

  it('names a broken tsconfig.json once, and takes what else it can', async () => {
    start({ 'tsconfig.json': '{ "compilerOptions": { "strict": tru } ' });
    await editor.open([{ id: 'a', text: 'const a: number = "x";' }]);
    await editor.untilProblems('a', ["1: Type 'string' is not assignable to type 'number'."]);
    await editor.write('a', 'const a: number = 1;');
    await editor.untilProblems('a', []);
    expect(editor.kernel.log.filter((line) => line.includes('tsconfig.json'))).toHaveLength(1);
    expect(editor.kernel.log).toHaveLength(1);
  });

  it('maps non-ASCII text and CRLF', async () => {
    start();
    await editor.open([
      { id: 'a', text: 'const größe = 1;\r\n/* 😀 */ const 数 = größe;\r\n' },
      { id: 'b', text: '"😀"; 数.toFixed(größe)' },
    ]);
    expect(await editor.ask('definition', { position: { cell: 'b', line: 0, character: 6 } })).toMatchObject({ targets: [{ cell: 'a', range: { start: { line: 1, character: 15 }, end: { line: 1, character: 16 } } }] });
    expect(await editor.ask('hover', { position: { cell: 'b', line: 0, character: 19 } })).toMatchObject({ signature: 'const größe: 1' });
  });

  it('answers first what is asked while it diagnoses, drops what is outdated and what is cancelled', async () => {
    start();
    const text = (index: number): string => `import * as tf from '@tensorflow/tfjs';\nconst t${index} = tf.ones([2]).add(1).mul(2).matMul(tf.ones([2, 2])); const bad${index}: string = t${index};`;
    await editor.open(Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, text: text(index) })));
    await editor.ask('hover', { position: { cell: 'c0', line: 0, character: 14 } });
    const before = editor.kernel.messages.length;
    await editor.write('c3', 'const c3 = { only: 1 }; c3.');
    expect(await completes('c3', 'c3.|')).toEqual(['only']);
    await editor.untilProblems('c29', ["2: Type 'Tensor<Rank>' is not assignable to type 'string'."]);
    const versions = editor.kernel.messages.slice(before).filter(({ header }) => header.msg_type === 'patchbay_language_diagnostics').map(({ content }) => content['version']);
    expect(new Set(versions)).toEqual(new Set([2]));
    await editor.write('c3', 'const c3 = { other: 1 };');
    const place = { position: { cell: 'c1', line: 1, character: 7 } };
    const first = editor.reply('references', place);
    const second = editor.reply('references', place, 'second');
    await editor.cancel('second');
    expect([(await first).status, (await second).status]).toEqual(['ok', 'cancelled']);
  });

  it('refuses what would put the cells out of step', async () => {
    start();
    await editor.open([{ id: 'a', text: 'const before = { kept: 1 };' }, { id: 'b', text: 'before.' }]);
    expect(await editor.reply('notebook/change', { changes: [{ type: 'remove', cell: 'a' }, null as never] })).toMatchObject({ status: 'error', evalue: 'this is no change of a notebook: null' });
    expect(await completes('b', 'before.|')).toEqual(['kept']);
  });

  it('starts no thread while nobody asks', async () => {
    start();
    await editor.kernel.run('const a = 1; a');
    expect(await editor.kernel.value("process.memoryUsage().rss < 300e6 && require('node:fs').readdirSync('/proc/self/task').length")).toMatch(/^\d+$/);
    const before = Number(await editor.kernel.value("require('node:fs').readdirSync('/proc/self/task').length"));
    await editor.open([{ id: 'a', text: '' }]);
    expect(Number(await editor.kernel.value("require('node:fs').readdirSync('/proc/self/task').length"))).toBeGreaterThan(before);
  });
});
