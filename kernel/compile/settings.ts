import type TS from 'typescript';
import { boundIdentifiers } from './scan/bindings.js';
import type { TypeScript } from './typescript.js';

/** What of a `tsconfig.json` changes the code that comes out. Names and meanings are those of TypeScript's own options. */
export type EmitSettings = Readonly<
  Pick<TS.CompilerOptions, 'jsx' | 'jsxFactory' | 'jsxFragmentFactory' | 'jsxImportSource' | 'experimentalDecorators' | 'emitDecoratorMetadata' | 'useDefineForClassFields'>
>;

/**
 * Which JSX runtime a file takes. That of its `tsconfig.json`; without one, `React.createElement` where a `React` is declared,
 * else the automatic runtime, which needs no import. `preserve` leaves JSX for a bundler that takes the automatic one.
 */
export function jsxRuntime(ts: TypeScript, settings: EmitSettings, isReactDeclared: boolean): TS.JsxEmit {
  const { None, Preserve, React, ReactJSX, ReactNative } = ts.JsxEmit;
  const { jsx = None } = settings;
  if (jsx === None) return isReactDeclared || settings.jsxFactory !== undefined ? React : ReactJSX;
  return jsx === Preserve || jsx === ReactNative ? ReactJSX : jsx;
}

/** Whether the top of a file declares or imports the name. */
export function declaresAtTop(ts: TypeScript, file: TS.SourceFile, name: string): boolean {
  return file.statements.some((statement) => {
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.some((one) => [...boundIdentifiers(ts, one.name)].some(({ text }) => text === name));
    if (ts.isImportEqualsDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isModuleDeclaration(statement)) return statement.name?.text === name;
    if (!ts.isImportDeclaration(statement)) return false;
    const { name: whole, namedBindings } = statement.importClause ?? {};
    if (whole?.text === name) return true;
    if (namedBindings === undefined) return false;
    return ts.isNamespaceImport(namedBindings) ? namedBindings.name.text === name : namedBindings.elements.some((element) => element.name.text === name);
  });
}
