import fs from 'node:fs';
import path from 'node:path';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** On Windows `npm` is a script that only a shell can start. */
  readonly shell: boolean;
}

/** The npm that came with this Node, else the one on the PATH. */
export function npmCommand(execPath = process.execPath, platform: string = process.platform): Command {
  const folder = path.dirname(execPath);
  const beside = [path.join(folder, 'node_modules'), path.join(folder, '..', 'lib', 'node_modules')].map((modules) => path.join(modules, 'npm', 'bin', 'npm-cli.js'));
  const script = beside.find((file) => fs.existsSync(file));
  if (script !== undefined) return { file: execPath, args: [script], shell: false };
  return { file: 'npm', args: [], shell: platform === 'win32' };
}

/**
 * Where packages of a notebook belong: the nearest folder with a `package.json`, as npm itself looks for it, else the
 * notebook's own. The home folder and those above it are nobody's project.
 */
export function projectFolder(notebookFolder: string, home: string): string {
  for (let at = notebookFolder; at !== home && path.dirname(at) !== at; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, 'package.json'))) return at;
    if (isInside(home, at)) break;
  }
  return notebookFolder;
}

const isInside = (inner: string, outer: string): boolean => !path.relative(outer, inner).startsWith('..');
