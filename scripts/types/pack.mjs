// The declarations that the language service knows without any install: TypeScript's own libraries, Node, tfjs and
// Patchbay. They go into one file, so that the service reads no folder: a line of JSON, `{ path: bytes }`, and then the texts
// one after the other. A text is decoded when TypeScript asks for it, which for half of them it never does.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { mergeFolder } from './merge.mjs';

const run = promisify(execFile);

/** Where the files seem to lie. Not called node_modules: TypeScript would look for the package.json of each. */
const VIRTUAL = '/patchbay-types';

/** Hosts of scripts that are not Node. */
const OTHER_HOSTS = /^lib\.(scripthost|webworker)/;

/** What these register at run time says nothing about types, and is 180 files. */
const SIDE_EFFECTS = /^import '[^']*(register_all_kernels|register_all_gradients|\/flags(_\w+)?|\/canvas_util)';\n/gm;
const LICENCE_COMMENT = /^\/\*\*?\s*\n \* @license[\s\S]*?\*\/\n/;

/** tfjs brings its back ends along; a notebook imports them for what they register, not for their classes. */
const LEFT_OUT = { '@tensorflow/tfjs-backend-webgl': 'export {};\n', '@tensorflow/tfjs-backend-cpu': 'export declare const version_cpu: string;\n' };

/** A third of Node's declarations, for modules that few notebooks import: TypeScript reads those when one does. */
const ON_DEMAND = ['cluster', 'domain', 'http2', 'https', 'inspector', 'punycode', 'repl', 'sea', 'test', 'trace_events', 'wasi'];
const moduleFile = (name) => (name === 'inspector' ? 'inspector.generated.d.ts' : `${name}.d.ts`);

/** Where tfjs has a file for each operation. */
const MERGED_FOLDERS = ['@tensorflow/tfjs-core/dist/ops', '@tensorflow/tfjs-core/dist/public/chained_ops'];

/** Written by hand beside this script: what the kernel gives to cells that is no package. */
const OURS = ['session', 'tslab'];

/** Builds the runtime's declarations, and resolves to what {@link collect} finds. */
export async function packTypes(root, target) {
  const compiler = path.join(root, 'node_modules', 'typescript', 'lib', 'tsc.js');
  await run(process.execPath, [compiler, '-b', 'kernel/runtime'], { cwd: root }).catch((error) => {
    // The compiler writes them all the same; what is wrong is the business of `npm run typecheck`, not of a build.
    console.warn(`kernel/runtime has type errors: ${String(error.stdout).split('\n', 1)[0]}`);
  });
  const { files, inputs } = await collect(root);
  await fs.mkdir(path.dirname(target), { recursive: true });
  await fs.writeFile(target, packed(files));
  return inputs;
}

export function packed(files) {
  const texts = Object.values(files).map((text) => Buffer.from(text));
  const sizes = Object.fromEntries(Object.keys(files).map((file, index) => [file, texts[index].length]));
  return Buffer.concat([Buffer.from(`${JSON.stringify(sizes)}\n`), ...texts]);
}

/** `files`: virtual path -> text. `inputs`: the files they came from. */
export async function collect(root) {
  const folders = { patchbay: path.join(root, 'dist', 'types', 'kernel'), ...packageFolders(root) };
  const virtualPath = (file) => {
    const [name, folder] = Object.entries(folders).find(([, at]) => file.startsWith(at + path.sep)) ?? [];
    if (name === undefined) return undefined;
    const inside = path.relative(folder, file).split(path.sep).join('/');
    const rare = name === '@types/node' ? ON_DEMAND.find((module) => moduleFile(module) === inside) : undefined;
    return rare === undefined ? `${VIRTUAL}/${name}/${inside}` : `${VIRTUAL}/node-on-demand/${rare}.d.ts`;
  };
  const texts = new Map();
  const add = async (file) => {
    const at = virtualPath(file);
    if (at === undefined || texts.has(file)) return;
    const whole = (await fs.readFile(file, 'utf8')).replaceAll('\r\n', '\n').replace(LICENCE_COMMENT, '').replace(SIDE_EFFECTS, '').replace(/^\/\/# sourceMappingURL.*\n?/m, '');
    const text = /^\/[^/]*\/(@types\/node|node-on-demand)\//.test(at) ? onDemand(firstParagraphs(whole)) : whole;
    texts.set(file, text);
    for (const next of await references(file, text, folders)) await add(next);
  };
  const libraries = path.join(root, 'node_modules', 'typescript', 'lib');
  for (const name of await fs.readdir(libraries)) if (/^lib\..*d\.ts$/.test(name) && !OTHER_HOSTS.test(name)) await add(path.join(libraries, name));
  for (const entry of entries(folders)) await add(entry);
  for (const name of ON_DEMAND) await add(path.join(folders['@types/node'], moduleFile(name)));
  const separate = Object.fromEntries([...texts].map(([file, text]) => [virtualPath(file), text]).sort(([a], [b]) => (a < b ? -1 : 1)));
  const files = MERGED_FOLDERS.reduce((all, folder) => mergeFolder(all, `${VIRTUAL}/${folder}`), separate);
  for (const name of OURS) files[`${VIRTUAL}/${name}/index.d.ts`] = await fs.readFile(path.join(root, 'scripts', 'types', `${name}.d.mts`), 'utf8');
  for (const [name, text] of Object.entries(LEFT_OUT)) files[`${VIRTUAL}/${name}/dist/index.d.ts`] = text;
  return { files, inputs: [...texts.keys()] };
}

const PACKAGES = ['typescript', '@types/node', 'undici-types', ...['', '-core', '-layers', '-data', '-converter', '-backend-wasm'].map((part) => `@tensorflow/tfjs${part}`)];

function packageFolders(root) {
  return Object.fromEntries(PACKAGES.map((name) => [name, path.join(root, 'node_modules', ...name.split('/'))]));
}

const entries = (folders) => [path.join(folders.patchbay, 'runtime', 'index.d.ts'), path.join(folders['@types/node'], 'index.d.ts'), path.join(folders['@tensorflow/tfjs'], 'dist', 'index.d.ts')];

/** Takes out what would read every module of Node at once: the list of them, and what `process.getBuiltinModule` gives. */
function onDemand(text) {
  const names = ON_DEMAND.join('|');
  return text.replace(new RegExp(`^/// <reference path="(${names})(\\.generated)?\\.d\\.ts" />\\n`, 'gm'), '').replace(new RegExp(`^\\s+"(node:)?(${names})(/\\w+)?": typeof import\\(.*\\n`, 'gm'), '');
}

/**
 * Node's documentation is three quarters of its declarations, and every first answer would parse it. What stays: the first
 * paragraph, which says what a thing does, and the tags.
 */
export function firstParagraphs(text) {
  return text.replace(/\/\*\*[^]*?\*\//g, (comment) => {
    const lines = comment.split('\n');
    const isBlank = (line) => /^[ \t]*\*?[ \t]*$/.test(line);
    const isTag = (line) => /^[ \t]*\*[ \t]*@\w/.test(line);
    const start = lines.findIndex((line) => !isBlank(line) && !/^[ \t]*\/\*\*[ \t]*$/.test(line));
    const end = lines.findIndex((line, index) => index > start && (isBlank(line) || isTag(line)));
    const tags = lines.findIndex(isTag);
    if (end < 0 || tags < 0 || tags <= end) return end < 0 || tags >= 0 || !isBlank(lines[end]) ? comment : [...lines.slice(0, end), lines.at(-1)].join('\n');
    return [...lines.slice(0, end), ...lines.slice(tags)].join('\n');
  });
}

/** Files of the same set that a declaration file names. */
async function references(file, text, folders) {
  const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
  const found = [];
  for (const { fileName } of referencedFiles) found.push(path.resolve(path.dirname(file), fileName));
  for (const { fileName } of typeReferenceDirectives) if (folders[`@types/${fileName}`] !== undefined) found.push(path.join(folders[`@types/${fileName}`], 'index.d.ts'));
  // TypeScript's quick scan does not see this form.
  const renamed = [...text.matchAll(/^export \* as \w+ from '([^']+)'/gm)].map(([, fileName]) => ({ fileName }));
  for (const { fileName } of [...importedFiles, ...renamed]) {
    const base = fileName.startsWith('.') ? path.resolve(path.dirname(file), fileName) : packagePath(fileName, folders);
    if (base !== undefined) found.push(...(await existing([base.replace(/\.js$/, '') + '.d.ts', path.join(base, 'index.d.ts')])).slice(0, 1));
  }
  return existing(found);
}

function packagePath(specifier, folders) {
  const name = Object.keys(folders).find((known) => specifier === known || specifier.startsWith(`${known}/`));
  if (name === undefined) return undefined;
  const rest = specifier.slice(name.length + 1);
  if (rest !== '') return path.join(folders[name], rest);
  return name.startsWith('@tensorflow/') ? path.join(folders[name], 'dist', 'index') : folders[name];
}

async function existing(files) {
  const there = await Promise.all(files.map((file) => fs.stat(file).then((stat) => stat.isFile(), () => false)));
  return files.filter((_, index) => there[index]);
}
