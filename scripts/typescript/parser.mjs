/**
 * TypeScript's parser alone. TypeScript comes as one file of 9 MB; a kernel that starts needs a seventh of it, and V8 takes as
 * long as there is code. Here the file is cut into its top-level statements, and those stay that the exported names reach.
 */
import fs from 'node:fs/promises';
import ts from 'typescript';

const TABLE = /var typescript_exports = \{\};\n__export\(typescript_exports, \{([\s\S]*?)\n\}\);\nmodule\.exports = __toCommonJS\(typescript_exports\);\n/;
const END = '// Annotate the CommonJS export names';
/** The language service's nodes, which know their own text; its types and symbols would reach the checker. */
const NODES = { Node: 'NodeObject', Token: 'TokenObject', Identifier: 'IdentifierObject', PrivateIdentifier: 'PrivateIdentifierObject', SourceFile: 'SourceFileObject' };
const ALLOCATOR = `setObjectAllocator({ ...objectAllocator, ${Object.entries(NODES).map(([kind, name]) => `get${kind}Constructor: () => ${name}`).join(', ')} });`;

/** An esbuild plugin for `entry`, which has one `import { … } from 'typescript'`: it gets what those names need. */
export function parserOnly(file, entry) {
  return {
    name: 'typescript-parser',
    async setup({ onResolve, onLoad }) {
      const wanted = importedNames(await fs.readFile(entry, 'utf8'));
      onResolve({ filter: /^typescript$/ }, () => ({ path: file, namespace: 'typescript-parser' }));
      onLoad({ filter: /.*/, namespace: 'typescript-parser' }, async () => ({ contents: cut(await fs.readFile(file, 'utf8'), wanted), loader: 'js' }));
    },
  };
}

export function importedNames(source) {
  const list = /import \{([^}]*)\} from 'typescript';/.exec(source)?.[1] ?? '';
  return list.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

/**
 * @param text of typescript.js
 * @param wanted names of its exports
 * @throws when the file is not built as this code expects it, or lacks a name
 */
export function cut(text, wanted) {
  const table = TABLE.exec(text);
  const end = text.indexOf(END);
  if (table === null || end < 0) throw new Error('typescript.js is built in another way than scripts/typescript/parser.mjs knows: adapt it');
  const locals = new Map([...table[1].matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)].map(([, name, local]) => [name, local]));
  const missing = wanted.filter((name) => !locals.has(name));
  if (missing.length > 0) throw new Error(`TypeScript exports no ${missing.join(', ')}`);

  const source = text.slice(text.indexOf('var __defProp'), end).replace(table[0], '');
  const file = ts.createSourceFile('typescript.js', source, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const kept = reachable(file, [...wanted.map((name) => locals.get(name)), 'setObjectAllocator', 'objectAllocator', ...Object.values(NODES)]);
  const code = withoutUnusedMessages(source, file.statements.filter((statement) => kept.has(statement)));
  return `${code}\n${ALLOCATOR}\nexport { ${wanted.map((name) => `${locals.get(name)} as ${name}`).join(', ')} };\n`;
}

/** The statements that names need, by the text of identifiers: a local one of the same name keeps too much, and never too little. */
function reachable(file, names) {
  const owned = new Map();
  for (const statement of file.statements) for (const name of namesOf(statement)) owned.set(name, [...(owned.get(name) ?? []), statement]);
  const kept = new Set();
  const seen = new Set(names);
  for (const name of seen) {
    for (const statement of owned.get(name) ?? []) {
      if (kept.has(statement)) continue;
      kept.add(statement);
      for (const used of identifiers(statement)) if (owned.has(used)) seen.add(used);
    }
  }
  return kept;
}

/** What a top-level statement declares, fills or sets up. A call that belongs to no name registers what only the language service has. */
function namesOf(statement) {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name.text];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  if (ts.isIfStatement(statement)) return [...identifiers(statement.expression)];
  if (!ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  if (ts.isBinaryExpression(expression)) return [rootOf(expression.left)];
  // `((Debug) => { … })(Debug || (Debug = {}))`
  const [argument] = ts.isCallExpression(expression) && ts.isParenthesizedExpression(expression.expression) ? expression.arguments : [];
  return argument !== undefined && ts.isBinaryExpression(argument) ? [rootOf(argument.left)] : [];
}

const boundNames = (name) => (ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((element) => boundNames(element.name)));

function rootOf(expression) {
  while (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) expression = expression.expression;
  return expression.text;
}

function identifiers(statement) {
  const found = new Set();
  const visit = (node, parent) => {
    if (!ts.isIdentifier(node)) return void ts.forEachChild(node, (child) => visit(child, node));
    const isMember = parent !== undefined && (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
    if (!isMember) found.add(node.text);
  };
  visit(statement);
  return found;
}

/** Of 2,100 messages a parser says 700. */
function withoutUnusedMessages(source, statements) {
  const table = statements.find((statement) => namesOf(statement).includes('Diagnostics'));
  if (table === undefined) throw new Error('typescript.js has no table of messages');
  const others = statements.filter((statement) => statement !== table).map(({ pos, end }) => source.slice(pos, end)).join('');
  const used = new Set([...others.matchAll(/\bDiagnostics\.(\w+)/g)].map(([, name]) => name));
  const messages = table.declarationList.declarations[0].initializer.properties.filter(({ name }) => used.has(name.text));
  return `var Diagnostics = {${messages.map(({ pos, end }) => source.slice(pos, end)).join(',')}};\n${others}`;
}
