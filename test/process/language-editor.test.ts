/** What an editor asks about the cells of a notebook, through a real kernel process. No cell is run. */
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NODES } from './harness.js';
import { edited, TestEditor } from './language-harness.js';

const [newest] = NODES.slice(-1);

describe('an editor on the cells of a notebook', () => {
  let editor: TestEditor;
  beforeAll(() => {
    editor = new TestEditor(newest?.path ?? process.execPath, {
      'helper.ts': '/** Twice as much. */\nexport function twice(x: number): number { return 2 * x; }\nexport interface Options { size: number }\n',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] }, "noUnusedLocals": true } }',
      'lib/deep.ts': 'export const deep = "deep";\n',
    });
  });
  afterAll(() => editor.stop());

  const CELLS = [
    { id: 'imports', text: "import { twice } from './helper';\nimport { deep } from '@lib/deep';\n/** How wrong it is. */\nlet losses: number[] = [];\nconst rate = 0.1;" },
    { id: 'model', text: 'class Net {\n  /** Rows. */\n  size = 3;\n  grow(by: number): Net { this.size += by; return this; }\n}\nfunction train(net: Net, epochs = 10): number { return twice(net.size * epochs * rate); }' },
    { id: 'run', text: 'losses.push(train(new Net()));\nlosses = [rate];\nconst { size } = new Net();' },
  ];
  beforeEach(() => editor.open(CELLS));

  it('completes members and names of other cells, with details', async () => {
    await editor.write('run', 'const net = new Net();\nnet.');
    const members = await editor.ask('completion', { position: editor.at('run', 'net.|') });
    expect(members?.isMemberList).toBe(true);
    expect(members?.items.map(({ label, kind }) => `${kind} ${label}`)).toEqual(['method grow', 'property size']);
    const [, size] = members?.items ?? [];
    expect(size && (await editor.ask('completion/resolve', { position: editor.at('run', 'net.|'), item: size }))).toEqual({ signature: '(property) Net.size: number', documentation: 'Rows.', edits: [] });
    await editor.write('run', 'l');
    const names = await editor.ask('completion', { position: editor.at('run', 'l|') });
    const losses = names?.items.filter(({ label }) => label === 'losses') ?? [];
    expect(losses).toMatchObject([{ kind: 'let' }]);
    expect(losses[0] && (await editor.ask('completion/resolve', { position: editor.at('run', 'l|'), item: losses[0] }))).toMatchObject({ signature: 'let losses: number[]', documentation: 'How wrong it is.' });
    expect(names?.items.map(({ label }) => label).filter((label) => label.startsWith('__pb') || label.includes('$'))).toEqual([]);
    expect(names?.items.filter(({ label }) => label === 'rate' || label === 'Net' || label === 'twice')).toHaveLength(3);
  });

  it('completes what other modules export, with the import that it needs', async () => {
    await editor.write('run', "// first\nconst x = basenam");
    const position = editor.at('run', 'basenam|');
    const found = await editor.ask('completion', { position, autoImports: true });
    const basename = found?.items.find(({ label, source }) => label === 'basename' && source?.endsWith('path'));
    const details = basename && (await editor.ask('completion/resolve', { position, item: basename }));
    expect(details?.edits).toHaveLength(1);
    expect(edited(editor.texts.get('run') ?? '', details?.edits[0]?.edits ?? [])).toMatch(/^import \{ basename \} from ['"](node:)?path['"];\n\/\/ first/);
    const own = await editor.ask('completion', { position: editor.at('run', 'basenam|'), autoImports: true });
    expect(own?.items.filter(({ source }) => source?.includes('patchbay_'))).toEqual([]);
  });

  it.each([
    ['run', 'lo|sses.push', 'let losses: number[]', 'How wrong it is.'],
    ['run', 'tr|ain(', 'function train(net: Net, epochs?: number): number', ''],
    ['model', 'tw|ice', 'function twice(x: number): number', 'Twice as much.'],
    ['model', 'ra|te)', 'const rate: 0.1', ''],
    ['imports', 'de|ep }', 'const deep: "deep"', ''],
  ])('hovers: %s %s', async (cell, marked, signature, documentation) => expect(await editor.ask('hover', { position: editor.at(cell, marked) })).toMatchObject({ signature, documentation }));

  it('shows signatures', async () => {
    await editor.write('run', 'train(new Net(), ');
    expect(await editor.ask('signatureHelp', { position: editor.at('run', 'train(new Net(), |') })).toMatchObject({ activeSignature: 0, activeParameter: 1, signatures: [{ label: 'train(net: Net, epochs?: number): number', parameters: [{ start: 6, end: 14 }, { start: 16, end: 31 }] }] });
  });

  it('goes to definitions in other cells, files and bundled declarations', async () => {
    const to = async (cell: string, marked: string): Promise<string[]> => {
      const found = await editor.ask('definition', { position: editor.at(cell, marked) });
      return (found?.targets ?? []).map((target) => ('cell' in target ? `${target.cell} ${editor.textOf(target.cell, target.range)}` : `${path.basename(target.file)}${target.isBundled ? ' bundled' : ''}`));
    };
    expect(await to('run', 'tr|ain(')).toEqual(['model train']);
    expect(await to('run', 'lo|sses.push')).toEqual(['imports losses']);
    expect(await to('run', '{ si|ze')).toEqual(['model size']);
    expect(await to('model', 'tw|ice')).toEqual(['helper.ts']);
    const [bundled] = (await editor.ask('definition', { position: editor.at('run', 'losses.pu|sh') }))?.targets ?? [];
    expect(bundled).toMatchObject({ isBundled: true });
    const file = bundled !== undefined && 'file' in bundled ? await editor.ask('file/bundled', { file: bundled.file }) : null;
    expect(file?.text).toContain('interface Array<T>');
    expect(await editor.ask('file/bundled', { file: '/etc/passwd' })).toBeNull();
  });

  it('finds references in all cells and imported files', async () => {
    const of = async (cell: string, marked: string): Promise<string[]> =>
      (await editor.ask('references', { position: editor.at(cell, marked) })).map((place) => ('cell' in place ? `${place.cell} ${place.range.start.line + 1} ${editor.textOf(place.cell, place.range)}` : path.basename(place.file))).sort();
    expect(await of('run', 'lo|sses.push')).toEqual(['imports 4 losses', 'run 1 losses', 'run 2 losses']);
    expect(await of('imports', 'ra|te =')).toEqual(['imports 5 rate', 'model 6 rate', 'run 2 rate']);
    expect(await of('model', 'tw|ice')).toEqual(['helper.ts', 'imports 1 twice', 'model 6 twice']);
    expect(await of('model', 'si|ze = 3')).toEqual(['model 3 size', 'model 4 size', 'model 6 size', 'run 3 size']);
  });

  it.each([
    ['run', 'lo|sses.push', 'errors', { imports: 'let errors: number[] = []', run: 'errors.push(train(new Net()));\nerrors = [rate];' }],
    ['imports', 'ra|te =', 'speed', { imports: 'const speed = 0.1', model: 'net.size * epochs * speed', run: 'losses = [speed]' }],
    ['run', 'train(new Ne|t', 'Network', { model: 'class Network {', run: 'train(new Network())' }],
    ['model', 'tw|ice', 'double', { imports: 'import { twice as double }', model: 'return double(' }],
    ['model', 'gr|ow', 'widen', { model: 'widen(by: number): Net' }],
    ['run', '{ si|ze', 'rows', { run: 'const { size: rows } = new Net()' }],
  ] as const)('renames %s %s to %s in the cells and nowhere else', async (cell, marked, newName, expected) => {
    const position = editor.at(cell, marked);
    expect(await editor.ask('rename/prepare', { position })).toHaveProperty('placeholder');
    const result = await editor.ask('rename', { position, newName });
    expect(result.map((one) => one.cell).sort()).toEqual(Object.keys(expected).sort());
    for (const { cell: changed, edits } of result) expect(edited(editor.texts.get(changed) ?? '', edits)).toContain(Reflect.get(expected, changed));
  });

  it('refuses to rename what is not the notebook’s, and to what is no name', async () => {
    expect(await editor.ask('rename/prepare', { position: editor.at('run', 'losses.pu|sh') })).toHaveProperty('refused');
    await editor.write('run', 'const o: import("./helper").Options = { size: 1 }; o.size');
    expect(await editor.ask('rename/prepare', { position: editor.at('run', 'o.si|ze') })).toMatchObject({ refused: expect.stringMatching(/^size is declared in .*helper\.ts: rename it there\.$/) as string });
    expect(await editor.reply('rename', { position: editor.at('imports', 'ra|te ='), newName: 'not a name' })).toMatchObject({ status: 'error', evalue: "'not a name' is not a name that TypeScript allows." });
    expect(await editor.reply('rename', { position: editor.at('imports', 'ra|te ='), newName: 'class' })).toMatchObject({ status: 'error' });
  });

  it('outlines a cell', async () => {
    const symbols = await editor.ask('symbols', { cell: 'model' });
    expect(symbols.map(({ name, kind, children }) => [name, kind, children.map((child) => child.name)])).toEqual([['Net', 'class', ['grow', 'size']], ['train', 'function', []]]);
    expect((await editor.ask('symbols', { cell: 'imports' })).map(({ name }) => name).sort()).toEqual(['losses', 'rate']);
  });

  it('sends problems with the cell’s own lines after a pause, and takes them back', async () => {
    await editor.write('run', "const fine = 1;\nconst wrong: number = losses;\nfunction f() { const unused = 1; }");
    await editor.untilProblems('run', ["2: Type 'number[]' is not assignable to type 'number'.", "3: (unnecessary) 'unused' is declared but its value is never read."]);
    await editor.write('imports', (editor.texts.get('imports') ?? '').replace('number[] = []', 'number = 1'));
    await editor.untilProblems('run', ["3: (unnecessary) 'unused' is declared but its value is never read."]);
    await editor.write('run', 'losses = 2;');
    await editor.untilProblems('run', []);
    expect(editor.problems('model')).toEqual([]);
  });

  it('sees a file that is written later', async () => {
    await editor.write('run', "import { late } from './late';\nlate.toFixed();");
    await editor.untilProblems('run', ["1: Cannot find module './late' or its corresponding type declarations."]);
    editor.kernel.write('late.ts', 'export const late = 1;\n');
    await new Promise((resolve) => setTimeout(resolve, 600));
    await editor.write('run', "import { late } from './late';\nlate.toFixed(1);");
    await editor.untilProblems('run', []);
  });

  it('fixes a missing import, a spelling and a missing await', async () => {
    const fixes = async (text: string): Promise<string[]> => {
      await editor.write('run', text);
      const diagnostics = await editor.ask('diagnostics', { cell: 'run' });
      const results = await Promise.all(diagnostics.filter(({ severity }) => severity === 'error').map(({ range, code }) => editor.ask('codeFixes', { cell: 'run', range, codes: [code] })));
      return results.flat().flatMap(({ edits }) => edits.map((one) => edited(editor.texts.get(one.cell) ?? '', one.edits)));
    };
    expect(await fixes('console.log(basename("a/b"))')).toContainEqual(expect.stringMatching(/^import \{ basename \} from ["'](node:)?path["'];\nconsole.log/));
    // Of all files that export it, the one with a name that cells can import.
    await editor.write('model', 'import { Mask } from "patchbay";');
    expect(await fixes('maskedDense;')).toEqual(["import { maskedDense } from 'patchbay';\nmaskedDense;"]);
    expect(await fixes('sequential;')).toEqual(["import { sequential } from '@tensorflow/tfjs';\nsequential;"]);
    await editor.write('run', 'maskedCon');
    const found = await editor.ask('completion', { position: editor.at('run', 'maskedCon|'), autoImports: true });
    expect(found?.items.filter(({ label }) => label === 'maskedConv2d').map(({ source }) => source)).toEqual(['patchbay']);
    expect(await fixes('const o = { colour: 1 };\no.color;')).toContain('const o = { colour: 1 };\no.colour;');
    expect(await fixes('losess.push(1);')).toContain('losses.push(1);');
    const promise = 'async function g() { return { size: 1 } }\nconst p = g();\n';
    expect(await fixes(`${promise}function take(x: { size: number }) {}\ntake(p);`)).toContain(`${promise}function take(x: { size: number }) {}\ntake(await p);`);
    expect(await fixes(`${promise}p.size;`)).toContain(`${promise}(await p).size;`);
    expect(await fixes(`${promise}async function h() { return p.size }`)).toContain(`${promise}async function h() { return (await p).size }`);
  });

  it('keeps step by change, and says when it lost it', async () => {
    await editor.change([
      { type: 'insert', index: 0, cell: { id: 'new', text: 'const rate = "fast";' } },
      { type: 'move', cell: 'new', index: 1 },
      { type: 'edit', cell: 'run', edits: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 16 } }, text: 'rate.' }, { range: { start: { line: 1, character: 5 }, end: { line: 1, character: 5 } }, text: 'at' }] },
    ]);
    expect(await editor.ask('hover', { position: { cell: 'run', line: 1, character: 6 } })).toMatchObject({ signature: expect.stringContaining('String.at(index: number)') as string });
    await editor.change([{ type: 'remove', cell: 'new' }]);
    expect(await editor.ask('hover', { position: { cell: 'run', line: 1, character: 1 } })).toMatchObject({ signature: 'const rate: 0.1' });
    expect(await editor.reply('notebook/change', { changes: [{ type: 'remove', cell: 'new' }] })).toMatchObject({ status: 'error', evalue: 'there is no cell new' });
    expect(await editor.reply('hover', { position: { cell: 'new', line: 0, character: 0 } })).toMatchObject({ status: 'error', evalue: 'there is no cell new' });
    const { content } = await editor.kernel.process.request('control', 'patchbay_language_request', { method: 'no/such', params: {} });
    expect(content).toMatchObject({ status: 'error', evalue: expect.stringContaining("no language request 'no/such'") as string });
    expect(editor.kernel.log).toEqual([]);
  });
});
