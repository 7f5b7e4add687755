/** Modules that are no program text: JSON and WebAssembly. */
import fs from 'node:fs';
import path from 'node:path';
import { createNamespace, type Namespace } from './namespace.js';

/** `default` is the value; the fields of an object are names too. @throws SyntaxError that names the file */
export function jsonModule(file: string): Namespace {
  const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const value = parse(file, text);
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return Object.assign(createNamespace(), fields, { default: value });
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`${path.basename(file)} is no JSON: ${error instanceof Error ? error.message : String(error)} (${file})`);
  }
}

/**
 * A WebAssembly module as ECMAScript imports one (WebAssembly/ES Module Integration): its exports are the names, and what it
 * imports comes from the modules that it names.
 *
 * @param load imports a module for the file
 */
export async function wasmModule(file: string, load: (specifier: string) => Promise<Namespace>): Promise<Namespace> {
  const module = await WebAssembly.compile(fs.readFileSync(file));
  const imports: WebAssembly.Imports = {};
  for (const { module: specifier } of WebAssembly.Module.imports(module)) {
    imports[specifier] ??= await load(specifier);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  return Object.assign(createNamespace(), exports);
}
