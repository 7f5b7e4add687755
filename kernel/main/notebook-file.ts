import path from 'node:path';

/**
 * The file of the notebook, for `import.meta` and `__filename`: as our own clients name it, as a Jupyter server names the
 * session, else one that might be there.
 */
export function notebookFileOf(env: Readonly<Record<string, string | undefined>>, folder: string): string {
  const { PATCHBAY_NOTEBOOK: ours, JPY_SESSION_NAME: session } = env;
  if (ours !== undefined) return ours;
  // A path of the server's own: only its last part is sure, and the kernel runs in the notebook's folder.
  const name = session?.endsWith('.ipynb') === true ? path.basename(session) : 'notebook.ipynb';
  return path.join(folder, name);
}
