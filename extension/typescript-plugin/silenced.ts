/** Which files of VS Code's TypeScript server are cells that another service answers for. */

export const PLUGIN_NAME = 'patchbay-typescript-plugin';

/** What the extension configures the plugin with. */
export interface PluginConfiguration {
  /** Paths of the URIs of notebooks. */
  readonly notebooks: readonly string[];
}

export interface SilencedNotebooks {
  readonly paths: ReadonlySet<string>;
}

/** @param configuration of any origin: what is no PluginConfiguration silences nothing */
export function silencedNotebooks(configuration: unknown): SilencedNotebooks {
  const notebooks: unknown = typeof configuration === 'object' && configuration !== null && 'notebooks' in configuration ? configuration.notebooks : undefined;
  const paths = Array.isArray(notebooks) ? notebooks.filter((path) => typeof path === 'string').map(comparable) : [];
  return { paths: new Set(paths) };
}

/** Servers of file systems that do not tell case apart may write a name in small letters. */
const comparable = (path: string): string => `/${path.replace(/^\/+/, '')}`.toLowerCase();

/** VS Code names a cell `^/vscode-notebook-cell/<authority>/<path of the notebook>#<cell>`. */
const CELL = /^\^?\/?vscode-notebook-cell\/[^/]*(\/.*)#[^#]*$/;

/** @param all whether every cell is silenced, because nobody can say which */
export function isSilenced(file: string, { paths }: SilencedNotebooks, all = false): boolean {
  const path = CELL.exec(file)?.[1];
  return path !== undefined && (all || paths.has(comparable(path)));
}
