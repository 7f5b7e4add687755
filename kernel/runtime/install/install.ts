import { spawn, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import { ArgumentError } from '../argument-error.js';
import { currentHost } from '../display/host.js';
import { InstallLine } from './install-line.js';
import { npmCommand, projectFolder } from './npm-command.js';
import { failureSentence, isFetch, isWarning, summaryOf } from './npm-output.js';

/** npm would try for more than a minute before it says that it is offline. */
const RETRY_OPTIONS = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=1000'];
const OPTIONS = ['--no-audit', '--no-fund', '--no-update-notifier', '--color=false', '--progress=false', '--loglevel=http', ...RETRY_OPTIONS];
const POLL_MS = 50;

/**
 * `await install('lodash', 'zod@4')`: npm packages for this notebook, in the next cell there to be imported, without a restart.
 * Without a name, those that its `package.json` lists. One line shows how far npm is; an interrupt ends it.
 *
 * They go where `npm install` in a terminal would put them: into the nearest folder with a `package.json`, else into the
 * notebook's. A package that was imported before keeps its version until the kernel restarts.
 *
 * @throws ArgumentError for a name that is none; an Error that says why npm failed
 */
export async function install(...packages: readonly string[]): Promise<void> {
  packages.forEach((name, at) => {
    if (typeof name !== 'string' || !/^[^\s-]\S*$/.test(name)) throw new ArgumentError(`install: package ${at + 1}`, name, "the name of an npm package, such as 'lodash' or 'lodash@4'");
  });
  const folder = projectFolder(currentHost()?.notebookFolder ?? process.cwd(), os.homedir());
  const { file, args, shell } = npmCommand();
  const child = spawn(file, [...args, 'install', ...OPTIONS, '--prefix', '.', ...packages], { cwd: folder, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  await watch(child, new InstallLine(['npm install', ...packages].join(' '), folder));
}

async function watch(child: ChildProcess, line: InstallLine): Promise<void> {
  const host = currentHost();
  const leave = host?.enterLoop(() => child.kill());
  let stdout = '';
  let stderr = '';
  let end: { readonly code: number | null; readonly error?: Error } | undefined;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  eachLine(child, (text) => {
    stderr += `${text}\n`;
    if (isFetch(text)) line.fetched();
    else if (isWarning(text)) line.warn(text);
  });
  child.once('error', (error) => (end ??= { code: null, error }));
  child.once('close', (code) => (end ??= { code }));
  try {
    // Looked at again and again, and not awaited: an interrupt must reach it, and the line shows the time that passes.
    while (end === undefined) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      if (host?.interruptRequested === true) child.kill();
      line.tick();
    }
  } finally {
    leave?.();
  }
  host?.checkpoint();
  if (end.error !== undefined) throw new Error(`${line.what}: npm cannot be started (${end.error.message}). It comes with Node; is it on the PATH?`);
  line.end(end.code === 0 ? (summaryOf(stdout) ?? 'done') : 'failed');
  if (end.code !== 0) throw new Error(failureSentence(line.what, stderr));
}

function eachLine({ stderr }: ChildProcess, take: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stderr?.on('data', (bytes: Buffer) => {
    const lines = (rest + decoder.write(bytes)).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
  stderr?.on('end', () => void (rest !== '' && take(rest)));
}
