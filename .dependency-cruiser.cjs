/** Who may import whom; the picture is in ARCHITECTURE.md. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^${from}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^(kernel|extension|test|bench|scripts)/', pathNot: [from, ...allowed].map((folder) => `^${folder}/`) },
});

module.exports = {
  forbidden: [
    only('protocol-is-a-leaf', 'kernel/protocol', []),
    only('model-is-a-leaf', 'kernel/model', []),
    only('compile', 'kernel/compile', ['kernel/protocol', 'kernel/model']),
    only('picture', 'kernel/picture', ['kernel/protocol', 'kernel/model']),
    only('runtime', 'kernel/runtime', ['kernel/protocol', 'kernel/model', 'kernel/picture']),
    only('main', 'kernel/main', ['kernel/protocol', 'kernel/model', 'kernel/picture', 'kernel/compile', 'kernel/runtime']),
    only('start-is-a-leaf', 'kernel/start', []),
    only('control', 'kernel/control', ['kernel/protocol', 'kernel/model', 'kernel/picture', 'kernel/compile', 'kernel/start']),
    only('client', 'kernel/client', ['kernel/protocol', 'kernel/model']),
    only('bench', 'kernel/bench', ['kernel/protocol', 'kernel/model', 'kernel/runtime']),
    { name: 'bench-computes-in-subjects-only', severity: 'error', from: { path: '^kernel/bench/', pathNot: ['^kernel/bench/subject/', '\\.test\\.ts$'] }, to: { path: '^kernel/(runtime|bench/subject)/' } },
    only('cli', 'kernel/cli', ['kernel/protocol', 'kernel/model', 'kernel/client', 'kernel/bench']),
    only('mask-document-is-pure', 'extension/mask-editor/document', ['kernel/model']),
    only('mask-protocol-is-a-leaf', 'extension/mask-editor/protocol', ['kernel/model', 'extension/mask-editor/document']),
    only('mask-editor-page', 'extension/mask-editor/webview', ['kernel/model', 'extension/renderers', 'extension/mask-editor/document', 'extension/mask-editor/protocol']),
    only('renderers', 'extension/renderers', ['kernel/model']),
    { ...only('extension', 'extension', ['kernel/protocol', 'kernel/model', 'kernel/picture', 'kernel/client']), from: { path: '^extension/', pathNot: ['^extension/(renderers|mask-editor/webview)/', '\\.test\\.ts$'] } },
    { name: 'extension-not-renderers', severity: 'error', from: { path: '^extension/', pathNot: '^extension/(renderers|mask-editor/webview)/' }, to: { path: '^extension/(renderers|mask-editor/webview)/' } },
    { name: 'leaves-have-no-packages', severity: 'error', from: { path: '^kernel/(protocol|model)/', pathNot: '\\.test\\.ts$' }, to: { dependencyTypes: ['npm', 'npm-dev', 'core'] } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'vscode-in-the-extension-only', severity: 'error', from: { pathNot: '^extension/' }, to: { path: '^vscode$' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^node_modules/'] },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
};
