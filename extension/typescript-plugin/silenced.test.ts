import { describe, expect, it } from 'vitest';
import { isSilenced, silencedNotebooks } from './silenced.js';

const cell = (path: string, authority = 'ts-nul-authority'): string => `^/vscode-notebook-cell/${authority}/${path.replace(/^\//, '')}#W0sZmlsZQ%3D%3D`;

describe('isSilenced', () => {
  const silenced = silencedNotebooks({ notebooks: ['/work/a.ipynb', '/c:/Users/Ada/Net.ipynb', '/work/b#1.ipynb'] });
  it.each([
    [cell('/work/a.ipynb'), true],
    [cell('/work/a.ipynb', 'ssh-remote+host'), true],
    [cell('/c:/users/ada/net.ipynb'), true],
    [cell('/work/b#1.ipynb'), true],
    [cell('/work/other.ipynb'), false],
    [cell('/deep/work/a.ipynb'), false],
    ['/work/a.ipynb', false],
    ['/work/a.ts', false],
    ['^/untitled/ts-nul-authority/Untitled-1', false],
  ])('%s: %s', (file, expected) => expect(isSilenced(file, silenced)).toBe(expected));

  it('silences every cell, and cells only, where nobody says which', () => {
    expect(isSilenced(cell('/work/other.ipynb'), silenced, true)).toBe(true);
    expect(isSilenced('/work/a.ts', silenced, true)).toBe(false);
  });

  it.each([undefined, null, 3, {}, { notebooks: '/work/a.ipynb' }, { notebooks: [7] }])('silences nothing when configured with %j', (configuration) => {
    expect(isSilenced(cell('/work/a.ipynb'), silencedNotebooks(configuration))).toBe(false);
  });
});
