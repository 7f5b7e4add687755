import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { notebookOptions } from './compiler-options.js';

const options = (own: ts.CompilerOptions) => notebookOptions(ts, '/notebooks', own);

describe('the options of cells', () => {
  it('are strict and for Node where nothing is set', () => {
    expect(options({})).toMatchObject({ options: { strict: true, target: ts.ScriptTarget.ESNext, lib: ['lib.esnext.d.ts'], types: ['node'], jsx: ts.JsxEmit.ReactJSX }, reportsImplicitAny: false });
  });

  it.each<[ts.CompilerOptions, ts.CompilerOptions]>([
    [{ strict: false }, { strict: false }],
    [{ lib: ['lib.dom.d.ts'], types: ['jest'] }, { lib: ['lib.dom.d.ts'], types: ['jest'] }],
    [{ jsx: ts.JsxEmit.Preserve }, { jsx: ts.JsxEmit.Preserve }],
    [{ target: ts.ScriptTarget.ES2023 }, { target: ts.ScriptTarget.ES2023 }],
    [{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }, { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }],
  ])('take %j', (own, expected) => expect(options(own).options).toMatchObject(expected));

  it.each<[ts.CompilerOptions, ts.CompilerOptions]>([
    [{ target: ts.ScriptTarget.ES2015 }, { target: ts.ScriptTarget.ES2022 }],
    [{ module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }, { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
    [{ noEmit: false, composite: true, declaration: true, isolatedDeclarations: true }, { noEmit: true, composite: false, declaration: false, isolatedDeclarations: false }],
    [{ noImplicitAny: false, verbatimModuleSyntax: true, isolatedModules: true, checkJs: true }, { noImplicitAny: true, verbatimModuleSyntax: false, isolatedModules: false, checkJs: false }],
    [{ esModuleInterop: false, noUnusedLocals: true }, { esModuleInterop: true, noUnusedLocals: false }],
  ])('keep to how cells run, whatever %j says', (own, expected) => expect(options(own).options).toMatchObject(expected));

  it.each<[ts.CompilerOptions, boolean]>([
    [{ strict: true }, true],
    [{ noImplicitAny: true }, true],
    [{ strict: true, noImplicitAny: false }, false],
    [{ strict: false }, false],
  ])('report implicit any when the folder asks for it: %j', (own, expected) => expect(options(own).reportsImplicitAny).toBe(expected));

  it.each<[ts.CompilerOptions, readonly string[], boolean]>([
    [{}, ['React'], true],
    [{ jsx: ts.JsxEmit.ReactJSX }, [], false],
    [{ jsx: ts.JsxEmit.ReactJSXDev }, [], false],
    [{ jsx: ts.JsxEmit.React }, ['React'], false],
    [{ jsx: ts.JsxEmit.React, jsxFactory: 'h', jsxFragmentFactory: 'Fragment' }, ['h', 'Fragment'], false],
    [{ jsx: ts.JsxEmit.React, jsxFactory: 'Preact.h', jsxFragmentFactory: 'Preact.Fragment' }, ['Preact'], false],
  ])('know what JSX calls: %j', (own, names, mayBeClassic) => expect(options(own).jsx).toEqual({ names, mayBeClassic }));

  it('keep the folder’s paths beside the names of what is bundled', () => {
    const { paths, pathsBasePath } = options({ paths: { '@/*': ['./src/*'] }, pathsBasePath: '/config' }).options;
    expect(paths).toMatchObject({ '@/*': ['./src/*'], 'patchbay': ['/patchbay-types/patchbay/runtime/index.d.ts'] });
    expect(pathsBasePath).toBe('/config');
    expect(options({}).options.pathsBasePath).toBe('/notebooks');
  });
});
