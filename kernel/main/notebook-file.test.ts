import { expect, it } from 'vitest';
import { notebookFileOf } from './notebook-file.js';

it.each([
  [{}, '/folder/notebook.ipynb'],
  [{ PATCHBAY_NOTEBOOK: '/folder/mine.ipynb', JPY_SESSION_NAME: '/other.ipynb' }, '/folder/mine.ipynb'],
  [{ JPY_SESSION_NAME: '/folder/Untitled 1.ipynb' }, '/folder/Untitled 1.ipynb'],
  [{ JPY_SESSION_NAME: 'folder/of/the/server/a.ipynb' }, '/folder/a.ipynb'],
  [{ JPY_SESSION_NAME: '/folder/console-1-7f0d' }, '/folder/notebook.ipynb'],
])('the notebook with %j is %s', (env, file) => expect(notebookFileOf(env, '/folder')).toBe(file));
