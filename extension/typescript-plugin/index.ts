/**
 * A plugin of VS Code's own TypeScript server. In cells that our language service answers for, the server says nothing of what
 * that service says: it sees each cell alone, and its answers would stand beside ours. Formatting, folding, outline and the
 * like are its own business and stay.
 *
 * The server gives plugins TypeScript itself; nothing of it is bundled.
 */
import type ts from 'typescript';
import { isSilenced, silencedNotebooks, type SilencedNotebooks } from './silenced.js';

/** One for all projects of the server: VS Code configures plugins, not projects. */
let silenced: SilencedNotebooks = silencedNotebooks(undefined);

/** While VS Code's server loads a project, another one answers that is never configured. */
const PARTIAL_SEMANTIC = 1;

/** What our service answers, and what the server says in its place. */
const SILENT = {
  getSyntacticDiagnostics: [],
  getSemanticDiagnostics: [],
  getSuggestionDiagnostics: [],
  getCompletionsAtPosition: undefined,
  getCompletionEntryDetails: undefined,
  getQuickInfoAtPosition: undefined,
  getSignatureHelpItems: undefined,
  getDefinitionAtPosition: undefined,
  getDefinitionAndBoundSpan: undefined,
  getReferencesAtPosition: undefined,
  findReferences: undefined,
  getRenameInfo: { canRename: false, localizedErrorMessage: 'Patchbay renames in cells.' },
  getCodeFixesAtPosition: [],
} as const satisfies Partial<Record<keyof ts.LanguageService, unknown>>;

function create({ languageService: service, config, project }: ts.server.PluginCreateInfo): ts.LanguageService {
  if (silenced.paths.size === 0) silenced = silencedNotebooks(config);
  const isUnconfigured = Number(project.projectService.serverMode) === PARTIAL_SEMANTIC;
  const decorated = { ...service };
  for (const [method, otherwise] of Object.entries(SILENT)) {
    const answer: unknown = Reflect.get(service, method);
    if (typeof answer !== 'function') continue; // the workspace's TypeScript may be an old one
    Reflect.set(decorated, method, (...values: unknown[]): unknown => {
      const [file] = values;
      // SAFETY: nothing is claimed of what the server's own method returns.
      return typeof file === 'string' && isSilenced(file, silenced, isUnconfigured) ? otherwise : (Reflect.apply(answer, service, values) as unknown);
    });
  }
  return decorated;
}

export default (): ts.server.PluginModule => ({
  create,
  onConfigurationChanged: (config: unknown) => {
    silenced = silencedNotebooks(config);
  },
});
