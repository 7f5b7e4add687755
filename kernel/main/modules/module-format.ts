import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const COMMON_JS_NAMES = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * Whether Node takes a file for CommonJS: by its extension; a `.js` by the `type` of the nearest `package.json`, and where
 * there is none by whether it parses as CommonJS. TypeScript and JSX never are.
 */
export function isCommonJs(file: string): boolean {
  const extension = path.extname(file);
  if (extension !== '.js') return extension === '.cjs';
  const type = packageType(path.dirname(file));
  if (type !== undefined) return type === 'commonjs' && parses(file);
  return parses(file);
}

function parses(file: string): boolean {
  try {
    vm.compileFunction(fs.readFileSync(file, 'utf8').replace(/^#!.*/, ''), COMMON_JS_NAMES);
    return true;
  } catch {
    return false;
  }
}

function packageType(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'package.json');
    if (fs.existsSync(file)) {
      const found: unknown = jsonOr(file);
      const type: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'type') : undefined;
      return typeof type === 'string' ? type : undefined;
    }
    if (path.dirname(at) === at) return undefined;
  }
}

function jsonOr(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
