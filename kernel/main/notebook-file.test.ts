import { expect, it } from 'vitest';
import { notebookFileOf } from './notebook-file.js';

it.each([
  [{}, '/work/notebook.ipynb'],
  [{ PATCHBAY_NOTEBOOK: '/work/mine.ipynb', JPY_SESSION_NAME: '/other.ipynb' }, '/work/mine.ipynb'],
  [{ JPY_SESSION_NAME: '/work/Untitled 1.ipynb' }, '/work/Untitled 1.ipynb'],
  [{ JPY_SESSION_NAME: 'folder/of/the/server/a.ipynb' }, '/work/a.ipynb'],
  [{ JPY_SESSION_NAME: '/work/console-1-7f0d' }, '/work/notebook.ipynb'],
])('the notebook with %j is %s', (env, file) => expect(notebookFileOf(env, '/work')).toBe(file));
