import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { TestLanguage, types } from '../../../../test/support/language.js';
import { lateDocComments } from './doc-comments.js';

/** TypeScript's own, beside ours. */
function parsed(registry: ts.DocumentRegistry, file: string, text: string): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext };
  // SAFETY: the path of a file on a case-sensitive disk is its name.
  const path = file as ts.Path;
  return registry.acquireDocumentWithKey(file, path, {}, registry.getKeyForCompilationSettings({}), ts.ScriptSnapshot.fromString(text), '1', ts.ScriptKind.TS, options);
}

const DEPRECATED: unknown = Reflect.get(ts.NodeFlags, 'Deprecated');

function deprecatedNodes(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((node.flags & Number(DEPRECATED)) !== 0) found.push(`${ts.SyntaxKind[node.kind]} ${node.getStart(file)}-${node.end}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('what is deprecated is known with the file', () => {
  const registries = [ts.createDocumentRegistry(), lateDocComments(ts)] as const;
  const marks = (file: string, text: string): string[][] => registries.map((registry) => deprecatedNodes(parsed(registry, file, text)));

  it.each(['typescript/lib/lib.es5.d.ts', '@types/node/fs.d.ts', '@types/node/process.d.ts', '@types/node/crypto.d.ts', '@types/node/util.d.ts', 'typescript/lib/lib.dom.d.ts'])('in %s', (name) => {
    const text = types.text(`/patchbay-types/${name}`) ?? '';
    const [own, ours] = marks(`/${name}`, text);
    expect(own?.length).toBeGreaterThan(0);
    expect(ours).toEqual(own);
  });

  it.each([
    'declare function f(/** @deprecated */ a: string, b: number): void;',
    'interface A { /** @deprecated */ b: string; /** fine */ c: number }',
    'interface A {\n  /** fine */\n  a: 1;\n  /** One.\n   * @deprecated use c */\n  /** Two. */\n  b(): void;\n}',
    '/** @deprecated */\nexport declare const a: { /** @deprecated */ b: 1 }, c: 2;\n// @deprecated\nexport declare const d: 1;',
    '/** @deprecated */ enum E {\n /** @deprecated */ A,\n B }',
    'export {\n  /** @deprecated */\n  a } from "./a";\n/** says @deprecatedly nothing */ declare let x: 1;\n/* @deprecated */ declare let y: 1;',
  ])('in %j', (text) => {
    const [own, ours] = marks(`/case-${text.length}.d.ts`, text);
    expect(ours).toEqual(own);
  });

  it('and source files keep their comments', () => {
    const text = '/** Says. */\nexport const a = 1;';
    const docs = (file: string): unknown => Reflect.get(parsed(registries[1], file, text).statements[0] ?? {}, 'jsDoc');
    expect(docs('/a.ts')).toHaveLength(1);
    expect(docs('/a.d.ts')).toBeUndefined();
  });
});

describe('comments are there when they are asked for', () => {
  const language = new TestLanguage({
    'own.d.ts': '/** Base. */ export declare class Base {\n /** Of the base.\n * @param count how many */\n go(count: number): void;\n /** Got. */ get size(): number; }\nexport declare class Child extends Base {\n go(count: number): void; }\n/** @deprecated Use Base. */ export declare const old: 1;',
  });
  afterAll(() => language.dispose());
  const { service: late, host, notebook } = language.open(["import { Child, old } from './own'; import fs from 'node:fs'; import * as tf from '@tensorflow/tfjs'; import { Mask } from 'patchbay'; const a = [1]; const u = new URL('x:y'); const c = new Child();"]);
  const own = ts.createLanguageService(host, ts.createDocumentRegistry());
  const ask = (text: string): { readonly file: string; readonly start: number; readonly offset: number } => {
    notebook.open([{ id: '0', text: notebook.cells[0]?.source.text ?? '' }, { id: '1', text }]);
    const cell = notebook.cells[1] ?? expect.fail('no cell');
    return { file: host.fileOf('editor', cell.slot), start: cell.prefix.length, offset: cell.prefix.length + text.length };
  };
  const both = <T>(question: (service: ts.LanguageService) => T): [T, T] => [question(late), question(own)];

  it.each(['fs.readFileSync', 'fs.exists', 'a.map', 'tf.tensor2d', 'tf.layers.dense', 'Mask.from', 'c.go', 'c.size', 'Child', 'old', 'u.searchParams', 'process.argv', 'escape', 'Promise'])('hover over %s', (text) => {
    const { file, offset } = ask(text);
    const [ours, theirs] = both((service) => service.getQuickInfoAtPosition(file, offset));
    expect(theirs).toBeDefined();
    expect(ours).toEqual(theirs);
  });

  it.each(['fs.mkdirSync(', 'tf.conv2d(', 'c.go(', 'a.reduce(', 'setTimeout('])('signatures of %s', (text) => {
    const { file, offset } = ask(text);
    const [ours, theirs] = both((service) => service.getSignatureHelpItems(file, offset, {}));
    expect(theirs?.items.length).toBeGreaterThan(0);
    expect(ours).toEqual(theirs);
  });

  it.each(['fs.', 'a[0].toFixed().', 'c.', 'u.', 'process.', ''])('completion after %j, with what is deprecated', (text) => {
    const { file, offset } = ask(text);
    const [ours, theirs] = both((service) => service.getCompletionsAtPosition(file, offset, {}));
    expect(theirs?.entries.length).toBeGreaterThan(0);
    expect(ours).toEqual(theirs);
  });

  it('and hints say what is deprecated', () => {
    const { file, start: first } = ask('fs.exists("x", () => {}); old; "a".substr(1); fs.readFileSync("x")');
    const [ours, theirs] = both((service) => service.getSuggestionDiagnostics(file).filter(({ reportsDeprecated, start }) => reportsDeprecated !== undefined && start >= first).map(({ code, start }) => ({ code, start })));
    expect(ours).toHaveLength(3);
    expect(ours).toEqual(theirs);
  });
});
