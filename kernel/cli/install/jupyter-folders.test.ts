import { describe, expect, it } from 'vitest';
import { activeEnvironment, prefixDataFolder, userDataFolder, type Surroundings } from './jupyter-folders.js';

const on = (platform: NodeJS.Platform, env: Record<string, string> = {}): Surroundings => ({ platform, env, home: platform === 'win32' ? 'C:\\Users\\u' : '/home/u' });

describe('where Jupyter looks', () => {
  it.each([
    [on('linux'), '/home/u/.local/share/jupyter'],
    [on('linux', { XDG_DATA_HOME: '/data' }), '/data/jupyter'],
    [on('linux', { JUPYTER_DATA_DIR: '/mine', XDG_DATA_HOME: '/data' }), '/mine'],
    [on('darwin'), '/home/u/Library/Jupyter'],
    [on('darwin', { JUPYTER_PLATFORM_DIRS: '1' }), '/home/u/Library/Application Support/jupyter'],
    [on('win32', { APPDATA: 'D:\\Roaming' }), 'D:\\Roaming\\jupyter'],
    [on('win32'), 'C:\\Users\\u\\AppData\\Roaming\\jupyter'],
    [on('win32', { JUPYTER_PLATFORM_DIRS: 'true', LOCALAPPDATA: 'D:\\Local' }), 'D:\\Local\\jupyter'],
  ])('%j: %s', (surroundings, folder) => expect(userDataFolder(surroundings)).toBe(folder));

  it('in a prefix, and which environment is active', () => {
    expect(prefixDataFolder('/opt/env')).toBe('/opt/env/share/jupyter');
    expect(activeEnvironment(on('linux', { VIRTUAL_ENV: '/venv', CONDA_PREFIX: '/conda' }))).toBe('/venv');
    expect(activeEnvironment(on('linux', { CONDA_PREFIX: '/conda' }))).toBe('/conda');
    expect(activeEnvironment(on('linux'))).toBeUndefined();
  });
});
