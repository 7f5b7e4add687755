// tfjs has a file for each of its operations. TypeScript looks at every file of a program after every edit, and four hundred
// small ones cost more than what stands in them: those of a folder become one module.
import path from 'node:path';
import ts from 'typescript';

const parse = (file, text) => ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false);

/** The files with those of `folder` that can be merged as `<folder>/merged.d.ts`; what was merged stays as an entry that exports it. */
export function mergeFolder(files, folder) {
  const target = `${folder}/merged.d.ts`;
  const resolve = (from, specifier) => {
    if (!specifier.startsWith('.')) return undefined;
    const base = path.posix.join(path.posix.dirname(from), specifier);
    return [`${base}.d.ts`, `${base}/index.d.ts`].find((file) => file in files);
  };
  const whole = filesNamedAsAWhole(files, resolve);
  const parts = new Map();
  /** What a name of the merged module is: `file#name`. A second meaning keeps its file out. */
  const meanings = new Map();
  for (const [file, text] of Object.entries(files)) {
    if (path.posix.dirname(file) !== folder || whole.has(file)) continue;
    const part = readPart(parse(file, text), (specifier) => resolve(file, specifier) ?? specifier);
    if (part === undefined || [...part.meanings].some(([name, meaning]) => (meanings.get(name) ?? meaning) !== meaning)) continue;
    for (const [name, meaning] of part.meanings) meanings.set(name, meaning);
    parts.set(file, part);
  }
  if (parts.size < 2) return files;

  const imported = new Map();
  for (const { imports } of parts.values()) {
    for (const { name, local, from } of imports) {
      if (parts.has(from)) continue;
      const specifier = from in files ? relative(target, from) : from;
      imported.set(local, `import { ${name === local ? name : `${name} as ${local}`} } from '${specifier}';\n`);
    }
  }
  const merged = `${[...imported.values()].join('')}${[...parts.values()].map(({ body }) => body).join('')}export {};\n`;
  const result = {};
  for (const [file, text] of Object.entries(files)) {
    const part = parts.get(file);
    if (part === undefined) result[file] = redirect(file, text, (specifier) => (parts.has(resolve(file, specifier)) ? relative(file, target) : specifier));
    else if (part.exported.length > 0) result[file] = `export { ${part.exported.join(', ')} } from './merged';\n`;
  }
  result[target] = merged;
  return result;
}

const relative = (from, to) => {
  const found = path.posix.relative(path.posix.dirname(from), to).replace(/\.d\.ts$/, '');
  return found.startsWith('.') ? found : `./${found}`;
};

/** Files whose exports somebody takes all together: those of others must not be among them. */
function filesNamedAsAWhole(files, resolve) {
  const found = new Set();
  for (const [file, text] of Object.entries(files)) {
    for (const [, specifier] of text.matchAll(/^(?:import|export) \* (?:as \w+ )?from '(\.[^']+)'/gm)) found.add(resolve(file, specifier));
    for (const [, specifier] of text.matchAll(/\bimport\(["'](\.[^"']+)["']\)/g)) found.add(resolve(file, specifier));
  }
  return found;
}

/** Undefined for a file that is more than declarations and imports by name. */
function readPart(source, target) {
  const part = { body: '', exported: [], imports: [], meanings: new Map() };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings) || statement.importClause.name !== undefined) return undefined;
      for (const { name, propertyName } of bindings.elements) {
        const from = target(statement.moduleSpecifier.text);
        part.imports.push({ name: (propertyName ?? name).text, local: name.text, from });
        part.meanings.set(name.text, `${from}#${(propertyName ?? name).text}`);
      }
      continue;
    }
    if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier !== undefined || statement.exportClause?.elements?.length !== 0) return undefined;
      continue;
    }
    if (ts.isExportAssignment(statement)) return undefined;
    part.body += `${statement.getFullText(source).replace(/^\/\/\/ <amd-module.*\n/gm, '').trim()}\n`;
    if (ts.isModuleDeclaration(statement) && ts.isStringLiteral(statement.name)) continue;
    const names = ts.isVariableStatement(statement) ? statement.declarationList.declarations.map(({ name }) => name.text) : [statement.name?.text];
    const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    for (const name of names) {
      if (name === undefined) return undefined;
      part.meanings.set(name, `${source.fileName}#${name}`);
      if (isExported && !part.exported.includes(name)) part.exported.push(name);
    }
  }
  return part;
}

/** A text with other specifiers. */
function redirect(file, text, change) {
  let result = '';
  let end = 0;
  for (const statement of parse(file, text).statements) {
    const specifier = (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier;
    if (!specifier) continue;
    const changed = change(specifier.text);
    if (changed === specifier.text) continue;
    result += `${text.slice(end, specifier.end - specifier.text.length - 1)}${changed}`;
    end = specifier.end - 1;
  }
  return (result + text.slice(end)).replace(/^(import '[^']*';\n)\1+/gm, '$1');
}
