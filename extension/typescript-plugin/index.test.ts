import ts from 'typescript';
import { beforeEach, describe, expect, it } from 'vitest';
import factory from './index.js';

const OURS = '^/vscode-notebook-cell/ts-nul-authority/nets/a.ipynb#W0.ts';
const OTHER = '^/vscode-notebook-cell/ts-nul-authority/nets/b.ipynb#W0.ts';
const TEXT = 'const first: number = "text";\nfirst.';

const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => ({ noLib: true, types: [] }),
  getScriptFileNames: () => [OURS, OTHER],
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => (file === OURS ? ts.ScriptSnapshot.fromString(TEXT) : file === OTHER ? ts.ScriptSnapshot.fromString(TEXT.replaceAll('first', 'other')) : undefined),
  getCurrentDirectory: () => '/work',
  getDefaultLibFileName: () => 'lib.d.ts',
  fileExists: (file) => file === OURS || file === OTHER,
  readFile: () => undefined,
};

/** A real service behind the plugin, as the server makes it. */
function decorated(config: object, serverMode = 0): ts.LanguageService {
  const info = { languageService: ts.createLanguageService(host), config, project: { projectService: { serverMode } } };
  return factory().create(info as unknown as ts.server.PluginCreateInfo);
}

const answers = (service: ts.LanguageService, file: string) => ({
  syntactic: service.getSyntacticDiagnostics(file).length,
  semantic: service.getSemanticDiagnostics(file).length,
  hover: service.getQuickInfoAtPosition(file, 7)?.kind,
  definition: service.getDefinitionAndBoundSpan(file, 7)?.definitions?.length,
  references: service.findReferences(file, 7)?.length,
  rename: service.getRenameInfo(file, 7, {}).canRename,
  outline: service.getNavigationTree(file).childItems?.length,
});
const SILENT = { syntactic: 0, semantic: 0, hover: undefined, definition: undefined, references: undefined, rename: false, outline: 1 };
const SPEAKING = { syntactic: 1, semantic: expect.any(Number), hover: 'const', definition: 1, references: 1, rename: true, outline: 1 };

describe("the plugin of VS Code's TypeScript server", () => {
  beforeEach(() => factory().onConfigurationChanged?.({ notebooks: [] }));

  it('says nothing of cells that are ours, whose outline stays', () => {
    const service = decorated({ notebooks: ['/nets/a.ipynb'] });
    expect(answers(service, OURS)).toEqual(SILENT);
    expect(answers(service, OTHER)).toEqual(SPEAKING);
  });

  it('hears which they are while it runs', () => {
    const service = decorated({});
    expect(answers(service, OURS)).toEqual(SPEAKING);
    factory().onConfigurationChanged?.({ notebooks: ['/nets/a.ipynb'] });
    expect(answers(service, OURS)).toEqual(SILENT);
    factory().onConfigurationChanged?.({ notebooks: [] });
    expect(answers(service, OURS)).toEqual(SPEAKING);
  });

  it('silences all cells in the server that nobody configures', () => {
    expect(answers(decorated({}, 1), OTHER)).toEqual(SILENT);
  });
});
