import { afterEach, describe, expect, it } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';

const languages: TestLanguage[] = [];
afterEach(() => languages.splice(0).forEach((language) => language.dispose()));
function languageIn(files: Readonly<Record<string, string>> = {}): TestLanguage {
  const made = new TestLanguage(files);
  languages.push(made);
  return made;
}
const programFiles = (language: TestLanguage): string[] => (language.language.context('editor').service.getProgram()?.getSourceFiles() ?? []).map(({ fileName }) => fileName);

describe('declarations of Node', () => {
  it('are the bundled ones, and those of rare modules only when somebody imports them', () => {
    const language = languageIn();
    language.open(['process.argv']);
    const rare = (): string[] => programFiles(language).filter((file) => file.includes('/node-on-demand/'));
    expect(programFiles(language)).toContain('/patchbay-types/@types/node/fs.d.ts');
    expect(rare()).toEqual([]);
    expect(language.errors(["import { serveHTTP } from 'node:http2'"])).toEqual(['0:1 2305']);
    expect(rare()).toEqual(['/patchbay-types/node-on-demand/http2.d.ts']);
  });

  it('are those of the folder where it has some, for everything: two of them declare all twice', () => {
    const language = languageIn({
      'node_modules/@types/node/package.json': '{"name":"@types/node","version":"1.0.0","types":"index.d.ts"}',
      'node_modules/@types/node/index.d.ts': "declare var process: { mine: 1 };\ndeclare module 'node:http2' { export const mine: 2 }\ndeclare module 'http' { export class Agent {} }\n",
    });
    expect(language.errors(["import { mine } from 'node:http2'; process.mine + mine"])).toEqual([]);
    expect(programFiles(language).filter((file) => /^\/patchbay-types\/(@types\/node|node-on-demand)\//.test(file))).toEqual([]);
  });
});

describe('files', () => {
  it('of cells are the user’s, those of the scope are nobody’s, all others the disk’s', () => {
    const language = languageIn({ 'a.ts': 'export const a = 1' });
    const { host, notebook } = language.open(['1', '2']);
    const cellFile = host.fileOf('editor', notebook.cells[1]?.slot ?? -1);
    expect(host.cellOf(cellFile)?.cell.id).toBe('1');
    const scope = cellFile.replace(/\d+\.ts$/, 'scope.ts');
    expect([host.cellOf(scope), host.isGenerated(scope), host.fileExists(scope)]).toEqual([undefined, true, true]);
    const spare = host.fileOf('editor', notebook.slotCount - 1);
    expect([host.cellOf(spare), host.fileExists(spare)]).toEqual([undefined, true]);
    const unknown = host.fileOf('editor', notebook.slotCount);
    expect([host.fileExists(unknown), host.readFile(unknown)]).toEqual([false, undefined]);
    expect(host.readFile(`${language.folder}/a.ts`)).toBe('export const a = 1');
    expect(host.fileExists('/patchbay-types/tslab/index.d.ts')).toBe(true);
    expect(host.fileExists('/patchbay-types/nothing.d.ts')).toBe(false);
    expect(host.cellOf(cellFile.replace('__patchbay', 'elsewhere/__patchbay'))).toBeUndefined();
  });

  it('of cells tell TypeScript what part of them is new', () => {
    const language = languageIn();
    const { host, notebook } = language.open(['const a = 1;']);
    const file = host.fileOf('editor', notebook.cells[0]?.slot ?? -1);
    const before = host.getScriptSnapshot(file);
    notebook.setText('0', 'const a = 12;');
    const after = host.getScriptSnapshot(file);
    expect(before && after?.getChangeRange(before)).toEqual({ span: { start: (notebook.cells[0]?.prefix.length ?? 0) + 11, length: 0 }, newLength: 1 });
    expect(host.getScriptVersion(file)).not.toBe('1');
  });

  it('that a cell cannot import yet are found when they come', async () => {
    const language = languageIn();
    expect(language.errors(["import { a } from './later'"])).toEqual(['0:1 2307']);
    language.write('later.ts', 'export const a = 1');
    await new Promise((resolve) => setTimeout(resolve, 520));
    language.language.refresh();
    expect(language.errors(["import { a } from './later'; a.toFixed()"])).toEqual([]);
  });
});

it('a tsconfig.json that comes, changes or goes counts at the next question', () => {
  const language = languageIn();
  let now = performance.now();
  const errors = (): string[] => {
    const changed = language.language.refresh((now += 1_000));
    return [...language.errors(['let a: string = null', '[1][0].toFixed()']), ...(changed ? ['changed'] : [])];
  };
  const write = (content: unknown): void => language.write('tsconfig.json', typeof content === 'string' ? content : JSON.stringify(content));
  expect([errors(), errors()]).toEqual([['0:1 2322'], ['0:1 2322']]);
  write({ compilerOptions: { strict: false } });
  expect([errors(), errors()]).toEqual([['changed'], []]);
  write({ extends: './base.json', compilerOptions: { strict: true } });
  language.write('base.json', '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }');
  expect([errors(), errors()]).toEqual([['0:1 2322', '1:1 2532', 'changed'], ['0:1 2322', '1:1 2532']]);
  write('{ "compilerOptions": ');
  expect(errors()).toEqual(['0:1 2322', 'changed']);
  expect(language.problems).toEqual([expect.stringMatching(/tsconfig\.json, line 1: /)]);
  write({});
  expect(errors()).toEqual(['0:1 2322', 'changed']);
  expect(language.problems).toHaveLength(1);
});
