/**
 * All that the kernel's start and its cells need of TypeScript, a bundle of its own (scripts/typescript/parser.mjs): it loads
 * in a fraction of the time of the whole. An object of plain properties, which V8 reads faster than a namespace's getters.
 */
import {
  JSDocParsingMode, JsxEmit, LanguageVariant, ModuleKind, NewLineKind, NodeFlags, ScriptKind, ScriptTarget, SyntaxKind, canHaveDecorators,
  canHaveModifiers, createScanner, createSourceFile, flattenDiagnosticMessageText, forEachChild, getDecorators, getModifiers, isArrowFunction,
  isAsExpression, isAwaitExpression, isBinaryExpression, isBindingElement, isBlock, isCallExpression, isCatchClause, isClassDeclaration,
  isClassExpression, isClassLike, isClassStaticBlockDeclaration, isComputedPropertyName, isDeclarationStatement, isDecorator, isEmptyStatement,
  isExportAssignment, isExportDeclaration, isExpressionStatement, isExternalModuleReference, isForOfStatement, isFunctionDeclaration,
  isFunctionExpression, isFunctionLike, isIdentifier, isImportDeclaration, isImportEqualsDeclaration, isInterfaceDeclaration, isLabeledStatement,
  isLiteralExpression, isMetaProperty, isMethodDeclaration, isModuleBlock, isModuleDeclaration, isNamedExports, isNamedImports, isNamespaceExport,
  isNamespaceExportDeclaration, isNamespaceImport, isNonNullExpression, isObjectBindingPattern, isParenthesizedExpression, isPostfixUnaryExpression,
  isPrefixUnaryExpression, isPropertyAccessExpression, isPropertyAssignment, isPropertyDeclaration, isSatisfiesExpression,
  isShorthandPropertyAssignment, isStatement, isStringLiteral, isStringLiteralLike, isTaggedTemplateExpression, isTypeAliasDeclaration,
  isTypeAssertionExpression, isVariableDeclarationList, isVariableStatement, parseJsonSourceFileConfigFileContent, readJsonConfigFile, sys,
} from 'typescript';

export const parser = {
  JSDocParsingMode, JsxEmit, LanguageVariant, ModuleKind, NewLineKind, NodeFlags, ScriptKind, ScriptTarget, SyntaxKind, canHaveDecorators,
  canHaveModifiers, createScanner, createSourceFile, flattenDiagnosticMessageText, forEachChild, getDecorators, getModifiers, isArrowFunction,
  isAsExpression, isAwaitExpression, isBinaryExpression, isBindingElement, isBlock, isCallExpression, isCatchClause, isClassDeclaration,
  isClassExpression, isClassLike, isClassStaticBlockDeclaration, isComputedPropertyName, isDeclarationStatement, isDecorator, isEmptyStatement,
  isExportAssignment, isExportDeclaration, isExpressionStatement, isExternalModuleReference, isForOfStatement, isFunctionDeclaration,
  isFunctionExpression, isFunctionLike, isIdentifier, isImportDeclaration, isImportEqualsDeclaration, isInterfaceDeclaration, isLabeledStatement,
  isLiteralExpression, isMetaProperty, isMethodDeclaration, isModuleBlock, isModuleDeclaration, isNamedExports, isNamedImports, isNamespaceExport,
  isNamespaceExportDeclaration, isNamespaceImport, isNonNullExpression, isObjectBindingPattern, isParenthesizedExpression, isPostfixUnaryExpression,
  isPrefixUnaryExpression, isPropertyAccessExpression, isPropertyAssignment, isPropertyDeclaration, isSatisfiesExpression,
  isShorthandPropertyAssignment, isStatement, isStringLiteral, isStringLiteralLike, isTaggedTemplateExpression, isTypeAliasDeclaration,
  isTypeAssertionExpression, isVariableDeclarationList, isVariableStatement, parseJsonSourceFileConfigFileContent, readJsonConfigFile, sys,
};
