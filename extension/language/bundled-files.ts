/** Types that come with Patchbay lie in no folder: their texts are read-only documents, which the kernel hands out. */
import * as vscode from 'vscode';

const SCHEME = 'patchbay-types';

export const bundledUri = (file: string): vscode.Uri => vscode.Uri.from({ scheme: SCHEME, path: `/${file.replace(/^\/+/, '')}`, query: file });

/** @param read undefined when no kernel runs that has the file */
export function registerBundledFiles(read: (file: string, token: vscode.CancellationToken) => Promise<string | undefined>): vscode.Disposable {
  const provideTextDocumentContent = async ({ query }: vscode.Uri, token: vscode.CancellationToken): Promise<string> =>
    (await read(query, token)) ?? '// The types of Patchbay are read from a running kernel. Go to the definition from a cell again.\n';
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent });
}
