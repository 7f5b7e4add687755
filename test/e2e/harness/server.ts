/** VS Code's server: a home of its own for each session, the extension under test in it, start and address. */
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LISTENING, SERVER_SETTINGS, serverArguments, serverCommand, serverEnvironment } from '../../../scripts/tools/server.mjs';
import { environment } from './environment.js';
import { MARK } from './processes.js';

const START_TIMEOUT_MS = 90_000;

const TEST_SETTINGS = {
  ...SERVER_SETTINGS,
  'workbench.reduceMotion': 'on',
  'workbench.list.mouseWheelScrollSensitivity': 4, // 200 px for a wheel event instead of 50
  'files.autoSave': 'off', // on the web it is on
  'security.workspace.trust.startupPrompt': 'never',
};

/** Vitest's own variables are no part of a user's environment, and would reach the kernel. */
const OF_VITEST = /^(VITEST|NODE_ENV$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/;

export interface Home {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Settings that are read again while VS Code runs (the user's are not, in a server). */
export const machineSettings = (home: Home): string => path.join(home.folder, 'data', 'Machine', 'settings.json');

export async function createHome(folder: string, mark: string, settings: Readonly<Record<string, unknown>>, env: NodeJS.ProcessEnv): Promise<Home> {
  for (const name of ['data/User', 'data/Machine', 'extensions']) await fs.mkdir(path.join(folder, name), { recursive: true });
  await fs.mkdir(path.join(folder, 'run'), { mode: 0o700 });
  const users = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_VITEST.test(name)));
  const home: Home = { folder, env: { ...serverEnvironment(folder, users), [MARK]: mark, ...env } };
  await fs.writeFile(path.join(folder, 'data/User/settings.json'), JSON.stringify({ ...TEST_SETTINGS, ...settings }, null, 2));
  await fs.writeFile(machineSettings(home), '{}');
  return home;
}

/** The built project itself, or another folder in it, as an unpacked extension. */
export async function linkExtension(home: Home, folder = '.'): Promise<void> {
  const root = path.join(environment().root, folder);
  const { publisher, name, version } = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  await fs.symlink(root, path.join(home.folder, 'extensions', `${publisher}.${name}-${version}`));
}

/** The packed extension, installed by VS Code itself. */
export async function installVsix(home: Home, vsix: string): Promise<void> {
  const { node, root } = serverCommand();
  const args = [...serverArguments(home.folder), '--install-extension', vsix];
  const { stdout, stderr } = await promisify(execFile)(node, args, { cwd: root, env: home.env });
  if (!/successfully installed/.test(stdout)) throw new Error(`${vsix} was not installed: ${stdout}${stderr}`);
}

export interface ServerOptions {
  readonly home: Home;
  readonly logFile: string;
  /** False: folders that VS Code opens are not trusted. */
  readonly trusted: boolean;
  /** Called at once, so that the caller can end the server whatever happens. */
  readonly onSpawn: (pid: number) => void;
}

/** Resolves to the port, once the server listens. */
export function startServer({ home, logFile, trusted, onSpawn }: ServerOptions): Promise<number> {
  const { node, root } = serverCommand();
  const args = [
    ...serverArguments(home.folder), '--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off',
    '--reconnection-grace-time', '1', '--enable-remote-auto-shutdown', '--log', 'info', ...(trusted ? ['--disable-workspace-trust'] : []),
  ];
  const child = spawn(node, args, { cwd: root, env: home.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) onSpawn(child.pid);
  const log = createWriteStream(logFile);
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`VS Code's server was not ready after ${START_TIMEOUT_MS / 1000} s:\n${output}`)), START_TIMEOUT_MS);
    const take = (data: Buffer): void => {
      log.write(data);
      output = (output + data.toString()).slice(-4000);
      const port = LISTENING.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', (code, name) => reject(new Error(`VS Code's server ended with ${name ?? code}:\n${output}`)));
  });
}

/** The page that opens a folder, and a file in it. */
export function workbenchAddress(port: number, folder: string, file?: string): string {
  const query = new URLSearchParams({ folder });
  if (file !== undefined) {
    const uri = `vscode-remote://127.0.0.1:${port}${file.split('/').map(encodeURIComponent).join('/')}`;
    query.set('payload', JSON.stringify([['openFile', uri]]));
  }
  return `http://127.0.0.1:${port}/?${query}`;
}
