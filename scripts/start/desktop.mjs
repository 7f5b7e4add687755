// Visual Studio Code on the desktop, where there is one.
import { spawn } from 'node:child_process';
import { tryRun } from '../lib/run.mjs';

const hasScreen = (env = process.env) => process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

/** The command `code` may be anything: VS Code prints its version, its commit and its architecture, a line each. */
export const isVscodeVersion = (output) => /^\d+\.\d+\.\d+\S*\r?\n[0-9a-f]{40}\r?\n/.test(output);

/** The command of desktop VS Code, or undefined. */
export async function findDesktop() {
  if (!hasScreen()) return undefined;
  const shell = process.platform === 'win32'; // there it is a batch file
  const answer = await tryRun('code', ['--version'], { shell }).catch(() => undefined);
  return answer?.code === 0 && isVscodeVersion(answer.stdout) ? 'code' : undefined;
}

/** Opens a folder and a file in a new window in which the extension in `extension` runs. */
export function openDesktop(code, { extension, folder, file }) {
  const child = spawn(code, ['--new-window', `--extensionDevelopmentPath=${extension}`, folder, file], {
    stdio: 'ignore',
    detached: true,
    shell: process.platform === 'win32',
  });
  child.unref();
}
