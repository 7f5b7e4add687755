import { describe, expect, it } from 'vitest';
import { explained, refuseAttributes } from './import-errors.js';

const missing = (message: string, code = 'ERR_MODULE_NOT_FOUND'): Error => Object.assign(new Error(message), { code });

describe('a package that is not there', () => {
  it.each([
    ["Cannot find package 'x' imported from /nb/patchbay-import.mjs", 'x', 'x'],
    ["Cannot find package 'x' imported from /nb/patchbay-import.mjs", 'x/sub', 'x'],
    ["Cannot find package '@s/x' imported from /nb/p.mjs", '@s/x/sub', '@s/x'],
    ["Cannot find module 'x'\nRequire stack:\n- /nb/notebook.ipynb", 'x', 'x'],
  ])('%s', (message, specifier, name) => {
    const error = explained(missing(message, message.includes('stack') ? 'MODULE_NOT_FOUND' : undefined), specifier, '/nb');
    expect(error).toMatchObject({ message: `Cannot find package '${name}' from the folder /nb. Is the name right? Install it there with: npm install ${name}, or in a cell: import { install } from 'patchbay'; await install('${name}')` });
  });

  it.each([
    [new Error('other'), 'x'],
    [missing("Cannot find package 'y' imported from /nb/node_modules/x/index.js"), 'x'],
    [missing("Cannot find module '/nb/node_modules/x/gone.js' imported from /nb/node_modules/x/index.js"), 'x'],
    [missing("Package subpath './a' is not defined", 'ERR_PACKAGE_PATH_NOT_EXPORTED'), 'x/a'],
    ['text', 'x'],
  ])('is not what %s tells', (error, specifier) => expect(explained(error, specifier, '/nb')).toBe(error));
});

it('attributes must fit', () => {
  const json = { kind: 'json', path: '/a.json' } as const;
  expect(() => refuseAttributes({ type: 'json' }, json)).not.toThrow();
  expect(() => refuseAttributes(undefined, json)).not.toThrow();
  expect(() => refuseAttributes({ type: 'css' }, json)).toThrow('Import attribute "type" with value "css" is not supported');
  expect(() => refuseAttributes({ type: 'json' }, { kind: 'source', path: '/a.ts' })).toThrow('Module "/a.ts" is not of type "json"');
});
