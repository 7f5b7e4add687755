// VS Code's server out of code-server's tarball: its dependencies trimmed, its native parts replaced.
import fs from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../lib/npm.mjs';
import { unpack } from './cache.mjs';

/** What the server, the extension host and the file watcher import. The terminal and the chat agents stay out. */
const DEPENDENCIES = [
  'cookie', 'minimist', 'ws', 'http-proxy-agent', 'https-proxy-agent', '@vscode/proxy-agent', '@microsoft/1ds-core-js',
  '@microsoft/1ds-post-js', 'vscode-regexpp', '@parcel/watcher', 'yauzl', 'yazl', '@vscode/ripgrep-universal', 'vscode-oniguruma',
  'vscode-textmate', '@vscode/iconv-lite-umd', 'jschardet', 'katex', '@vscode/vscode-languagedetection', '@vscode/tree-sitter-wasm',
  'tas-client',
];

/** Built-in extensions that want the network, git, a debugger or a terminal. */
const DROPPED = [
  'copilot', 'microsoft-authentication', 'tunnel-forwarding', 'ms-vscode.js-debug', 'ms-vscode.js-debug-companion',
  'debug-auto-launch', 'debug-server-ready', 'git', 'github', 'grunt', 'gulp', 'jake', 'php-language-features', 'terminal-suggest',
];

/** These have native code that is built at install time; install scripts do not run here. The logger is a real one. */
const REPLACED = {
  '@vscode/spdlog': `
const { appendFileSync } = require('node:fs');
const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  level = 2;
  plain = false;
  constructor(file) { this.file = file; }
  append(level, text) {
    if (level < this.level) return;
    try { appendFileSync(this.file, this.plain ? text : new Date().toISOString() + ' [' + LEVELS[level] + '] ' + text + '\\n'); } catch {}
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.plain = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
METHODS.forEach((method, level) => { Logger.prototype[method] = function (text) { this.append(level, text); }; });
exports.setFlushOn = () => {};
exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
`,
  '@vscode/native-watchdog': 'exports.start = () => {};\n',
  '@vscode/deviceid': "exports.getDeviceId = async () => '00000000-0000-4000-8000-000000000000';\n",
};

async function trimManifest(folder) {
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(await fs.readFile(file, 'utf8'));
  const gone = DEPENDENCIES.filter((name) => manifest.dependencies[name] === undefined);
  if (gone.length) throw new Error(`code-server no longer depends on ${gone.join(', ')}`);
  manifest.dependencies = Object.fromEntries(DEPENDENCIES.map((name) => [name, manifest.dependencies[name]]));
  delete manifest.overrides;
  delete manifest.allowScripts;
  await fs.writeFile(file, JSON.stringify(manifest, null, 2));
}

async function replaceNative(folder) {
  for (const [name, source] of Object.entries(REPLACED)) {
    const module = path.join(folder, 'node_modules', name);
    await fs.mkdir(module, { recursive: true });
    await fs.writeFile(path.join(module, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
    await fs.writeFile(path.join(module, 'index.js'), source);
  }
}

export async function buildVscode(temporary) {
  const folder = path.join(await unpack('vscode', temporary, ['package/lib/vscode']), 'lib', 'vscode');
  await trimManifest(folder);
  for (const name of DROPPED) await fs.rm(path.join(folder, 'extensions', name), { recursive: true });
  const install = ['install', '--ignore-scripts', '--omit=dev'];
  // The second is TypeScript for the built-in language features.
  await Promise.all([npm(install, folder), npm(install, path.join(folder, 'extensions'))]);
  await replaceNative(folder);
  // The server looks for some modules under the name they have inside a packed desktop VS Code.
  await fs.symlink('node_modules', path.join(folder, 'node_modules.asar'));
  return folder;
}
