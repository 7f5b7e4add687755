import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernelFolder } from './kernel-folder.js';

const file = (...parts: string[]) => ({ scheme: 'file', fsPath: path.join(path.sep, ...parts) });

describe('kernelFolder', () => {
  it.each([
    ['a notebook on disk', file('work', 'a.ipynb'), [file('elsewhere')], path.join(path.sep, 'work')],
    ['an untitled one in a workspace', { scheme: 'untitled', fsPath: 'Untitled-1.ipynb' }, [file('work'), file('other')], path.join(path.sep, 'work')],
    ['an untitled one in an empty window', { scheme: 'untitled', fsPath: 'Untitled-1.ipynb' }, [], '/home/ada'],
  ])('%s', (_name, notebook, folders, expected) => {
    expect(kernelFolder(notebook, folders, '/home/ada')).toBe(expected);
  });

  it.each([
    [{ scheme: 'vscode-vfs', fsPath: '/repo/a.ipynb' }, []],
    [{ scheme: 'untitled', fsPath: 'Untitled-1.ipynb' }, [{ scheme: 'vscode-vfs', fsPath: '/repo' }]],
  ])('refuses what no process can run in: %j', (notebook, folders) => {
    expect(() => kernelFolder(notebook, folders, '/home/ada')).toThrow('The notebook lies in a "vscode-vfs:" folder, where no process can run. Open the folder on this machine');
  });
});
