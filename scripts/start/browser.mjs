// VS Code in the browser: its server on this machine, with Patchbay in it, until Ctrl+C.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot } from '../tools/cache.mjs';
import { prepare } from '../tools/prepare.mjs';
import { LISTENING, SERVER_SETTINGS, serverArguments, serverCommand, serverEnvironment } from '../tools/server.mjs';

/** A home that stays, so that the user's settings do; one for each clone. Resolves to its folder. */
async function layHome(extension) {
  const clone = createHash('sha256').update(extension).digest('hex').slice(0, 12);
  const home = path.join(cacheRoot(), `home-${clone}`);
  for (const name of ['data/User', 'extensions']) await fs.mkdir(path.join(home, name), { recursive: true });
  await fs.mkdir(path.join(home, 'run'), { recursive: true, mode: 0o700 });
  await fs.writeFile(path.join(home, 'data/User/settings.json'), JSON.stringify(SERVER_SETTINGS, null, 2), { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const { publisher, name, version } = JSON.parse(await fs.readFile(path.join(extension, 'package.json'), 'utf8'));
  const extensions = path.join(home, 'extensions');
  await fs.rm(extensions, { recursive: true, force: true }); // an older version of ours would win by its registration
  await fs.mkdir(extensions);
  await fs.symlink(extension, path.join(extensions, `${publisher}.${name}-${version}`));
  return home;
}

function address(port, token, folder, file) {
  const uri = `vscode-remote://127.0.0.1:${port}${file.split('/').map(encodeURIComponent).join('/')}`;
  const query = new URLSearchParams({ tkn: token, folder, payload: JSON.stringify([['openFile', uri]]) });
  return `http://127.0.0.1:${port}/?${query}`;
}

/** Serves until the user ends it. `onReady` gets the address, which holds the only key to the server. */
export async function serveBrowser({ extension, folder, file }, onReady) {
  await prepare(['vscode', 'node']);
  const home = await layHome(extension);
  const { node, root } = serverCommand();
  const token = randomUUID();
  const args = [...serverArguments(home), '--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--telemetry-level', 'off', '--disable-workspace-trust'];
  const child = spawn(node, args, { cwd: root, env: serverEnvironment(home), stdio: ['ignore', 'pipe', 'pipe'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  let output = '';
  let ready = false;
  const take = (data) => {
    if (ready) return;
    output += data;
    const port = LISTENING.exec(output)?.[1];
    if (port === undefined) return;
    ready = true;
    onReady(address(port, token, folder, file));
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (!ready) throw new Error(`VS Code's server ended with ${code} before it was ready:\n${output}`);
}
