import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { cut, importedNames, parserOnly } from './parser.mjs';

const require = createRequire(import.meta.url);
const ENTRY = path.resolve('kernel/compile/parser.ts');
let text = '';
let parser;
beforeAll(async () => {
  const { outputFiles } = await build({ entryPoints: [ENTRY], bundle: true, platform: 'node', format: 'cjs', write: false, plugins: [parserOnly(require.resolve('typescript'), ENTRY)] });
  ({ text } = outputFiles[0]);
  const module = { exports: {} };
  vm.runInThisContext(`(function (exports, require, module, __filename, __dirname) {${text}\n})`)(module.exports, require, module, ENTRY, path.dirname(ENTRY));
  ({ parser } = module.exports);
}, 60_000);

/** Kinds and places of all nodes and what does not parse: what a compiler sees of a file. */
function tree(compiler, source, name = 'cell.tsx') {
  const file = compiler.createSourceFile(name, source, { languageVersion: compiler.ScriptTarget.ESNext, jsDocParsingMode: compiler.JSDocParsingMode.ParseNone }, false);
  const nodes = [];
  const visit = (node) => {
    nodes.push(`${compiler.SyntaxKind[node.kind]} ${node.getStart(file)} ${node.end} ${node.flags}`);
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return { nodes, problems: file.parseDiagnostics.map(({ code, start, messageText }) => [code, start, compiler.flattenDiagnosticMessageText(messageText, '\n')]) };
}

const sources = (folder) => fs.readdirSync(folder, { recursive: true }).filter((name) => /\.(ts|mjs)$/.test(name)).map((name) => path.join(folder, name));

describe('the parser alone', () => {
  it('is a small part of the compiler', () => {
    expect(text.length).toBeLessThan(fs.statSync(require.resolve('typescript')).size / 4);
    expect(text).not.toContain('function createTypeChecker');
  });

  it('parses what the whole compiler parses, to the same tree', () => {
    for (const name of [...sources('kernel/compile'), ...sources('kernel/control/language'), ...sources('scripts/types')]) {
      const source = fs.readFileSync(name, 'utf8');
      expect(tree(parser, source, 'cell.ts'), name).toEqual(tree(ts, source, 'cell.ts'));
    }
  });

  it('says the same of what does not parse, cut off anywhere', () => {
    const source = 'import a, { type B } from "x";\nenum E { A = 1 }\n@d class C<T> { #p?: T; constructor(private x: number) {} get a() { return <div b={1}>{`${/[a-z]+/giu.exec("\\u{1F600}")}`}</div> } }\nawait using z = f<string>`q`, y = x satisfies 1n;\nnamespace N { export declare const k: unique symbol; label: for await (const q of []) { continue label } }';
    for (let length = 0; length <= source.length; length++) expect(tree(parser, source.slice(0, length)), source.slice(0, length)).toEqual(tree(ts, source.slice(0, length)));
  });

  it.each([
    '{ "compilerOptions": { "strict": true, "jsx": "react-jsx", "target": "es2020", "paths": { "@/*": ["./src/*"] }, "lib": ["es2023", "dom"], "moduleResolution": "bundler" } }',
    '{ "compilerOptions": { "jsx": "vue", "strict": 1, "nonsense": true, "lib": ["es1"] }, "extends": "./nowhere.json" }',
    '{ "compilerOptions": { broken',
  ])('reads the tsconfig.json %s as the compiler does', (json) => {
    const read = (compiler) => {
      const source = compiler.readJsonConfigFile('/x/tsconfig.json', () => json);
      const host = { useCaseSensitiveFileNames: true, fileExists: () => false, readFile: () => undefined, readDirectory: () => [] };
      const { options, errors } = compiler.parseJsonSourceFileConfigFileContent(source, host, '/x', undefined, '/x/tsconfig.json');
      return { options: { ...options, configFile: undefined }, problems: [...source.parseDiagnostics, ...errors].map(({ code, messageText }) => [code, messageText]) };
    };
    expect(read(parser)).toEqual(read(ts));
  });

  it('holds every name that ts-blank-space takes from TypeScript', () => {
    const used = fs.readFileSync(require.resolve('ts-blank-space'), 'utf8').matchAll(/\btslib\.(\w+)/g);
    for (const [, name] of used) expect(parser, name).toHaveProperty(name);
  });
});

it('the names are those of the one import', () => {
  expect(importedNames("import {\n  a, b,\n  c,\n} from 'typescript';\nexport const parser = { a };")).toEqual(['a', 'b', 'c']);
});

it('a TypeScript that is built in another way, or lacks a name, is refused', () => {
  expect(() => cut('export const version = 1;', ['version'])).toThrow('built in another way');
  expect(() => cut(fs.readFileSync(require.resolve('typescript'), 'utf8'), ['createSourceFile', 'noSuchName'])).toThrow('TypeScript exports no noSuchName');
});
