/**
 * Where Jupyter looks for kernels.
 *
 * Source: https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files
 */
import path from 'node:path';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/** Of the user's own kernels. */
export function userDataFolder({ env, platform, home }: Surroundings): string {
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  const byPlatform = /^(1|true|yes|on)$/i.test(env['JUPYTER_PLATFORM_DIRS'] ?? '');
  if (platform === 'darwin') return byPlatform ? path.posix.join(home, 'Library', 'Application Support', 'jupyter') : path.posix.join(home, 'Library', 'Jupyter');
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? path.win32.join(home, 'AppData', 'Local');
    return path.win32.join(byPlatform ? local : (env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming')), 'jupyter');
  }
  return path.posix.join(env['XDG_DATA_HOME'] || path.posix.join(home, '.local', 'share'), 'jupyter');
}

/** Of a Python environment, or of the whole system with a prefix like `/usr/local`. */
export const prefixDataFolder = (prefix: string): string => path.join(prefix, 'share', 'jupyter');

/** The Python environment that is active in this shell; undefined when none is. */
export const activeEnvironment = ({ env }: Surroundings): string | undefined => env['VIRTUAL_ENV'] || env['CONDA_PREFIX'] || undefined;
