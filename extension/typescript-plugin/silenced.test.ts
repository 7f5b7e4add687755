import { describe, expect, it } from 'vitest';
import { isSilenced, silencedNotebooks } from './silenced.js';

const cell = (path: string, authority = 'ts-nul-authority'): string => `^/vscode-notebook-cell/${authority}/${path.replace(/^\//, '')}#W0sZmlsZQ%3D%3D`;

describe('isSilenced', () => {
  const silenced = silencedNotebooks({ notebooks: ['/nets/a.ipynb', '/c:/Users/Ada/Net.ipynb', '/nets/b#1.ipynb'] });
  it.each([
    [cell('/nets/a.ipynb'), true],
    [cell('/nets/a.ipynb', 'ssh-remote+host'), true],
    [cell('/c:/users/ada/net.ipynb'), true],
    [cell('/nets/b#1.ipynb'), true],
    [cell('/nets/other.ipynb'), false],
    [cell('/deep/nets/a.ipynb'), false],
    ['/nets/a.ipynb', false],
    ['/nets/a.ts', false],
    ['^/untitled/ts-nul-authority/Untitled-1', false],
  ])('%s: %s', (file, expected) => expect(isSilenced(file, silenced)).toBe(expected));

  it('silences every cell, and cells only, where nobody says which', () => {
    expect(isSilenced(cell('/nets/other.ipynb'), silenced, true)).toBe(true);
    expect(isSilenced('/nets/a.ts', silenced, true)).toBe(false);
  });

  it.each([undefined, null, 3, {}, { notebooks: '/nets/a.ipynb' }, { notebooks: [7] }])('silences nothing when configured with %j', (configuration) => {
    expect(isSilenced(cell('/nets/a.ipynb'), silencedNotebooks(configuration))).toBe(false);
  });
});
