// How VS Code's server is started, for a person and for the tests.
import path from 'node:path';
import { partFolder } from './cache.mjs';

/** The server's folder, and the Node that it runs on. */
export const serverCommand = () => ({ node: path.join(partFolder('node'), 'bin', 'node'), root: partFolder('vscode') });

/** The command line without host, port, token and trust. `home` holds settings, extensions and logs. */
export const serverArguments = (home) => [
  'out/server-main.js',
  '--accept-server-license-terms',
  '--server-data-dir', home,
  '--user-data-dir', path.join(home, 'data'),
  '--extensions-dir', path.join(home, 'extensions'),
];

/** For the user's settings.json: what does not work in this server is off, and nothing greets or reports home. */
export const SERVER_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.editorAssociations': { '*.ipynb': 'jupyter-notebook' },
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  'git.enabled': false,
};

/** Variables that would change the server or what it starts, from the VS Code or npm script it is started in. */
const FOREIGN = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$)/i;

export function serverEnvironment(home, env = process.env) {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.test(name)));
  return { ...own, EXTENSIONS_GALLERY: '{}', XDG_RUNTIME_DIR: path.join(home, 'run') };
}

/** Printed by the server once it listens; the group is its port. */
export const LISTENING = /Extension host agent listening on (\d+)/;
