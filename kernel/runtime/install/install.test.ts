import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install } from './install.js';
import { npmCommand, projectFolder } from './npm-command.js';
import { failureSentence, isFetch, isWarning, summaryOf } from './npm-output.js';

let root = '';
beforeEach(() => (root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'patchbay-install-'))));
afterEach(() => fs.rmSync(root, { recursive: true }));
const make = (name: string): string => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), '{}');
  return path.join(root, name);
};

it.each([[''], ['--global'], ['-g'], ['a b'], [5], [undefined]])('install(%j) is refused before npm starts', async (name) => {
  // @ts-expect-error wrong arguments, as JavaScript can give them
  await expect(install('lodash', name)).rejects.toThrow(/^install: package 2 is .*, expected the name of an npm package, such as 'lodash' or 'lodash@4'$/);
});

describe('the npm', () => {
  it('that lies beside Node is taken', () => {
    const script = make('lib/node_modules/npm/bin/npm-cli.js');
    expect(npmCommand(path.join(root, 'bin', 'node'), 'linux')).toEqual({ file: path.join(root, 'bin', 'node'), args: [script], shell: false });
    const windows = make('win/node_modules/npm/bin/npm-cli.js');
    expect(npmCommand(path.join(root, 'win', 'node.exe'), 'win32').args).toEqual([windows]);
  });

  it('of the PATH otherwise, with a shell on Windows', () => {
    expect(npmCommand(path.join(root, 'electron'), 'linux')).toEqual({ file: 'npm', args: [], shell: false });
    expect(npmCommand(path.join(root, 'electron'), 'win32').shell).toBe(true);
  });
});

it('packages belong to the nearest package.json below the home folder, else to the notebook', () => {
  make('home/package.json');
  make('home/project/package.json');
  make('home/project/notebooks/a.ipynb');
  make('home/loose/a.ipynb');
  make('elsewhere/package.json');
  make('elsewhere/deep/a.ipynb');
  const home = path.join(root, 'home');
  const of = (folder: string): string => path.relative(root, projectFolder(path.join(root, folder), home));
  expect(of('home/project/notebooks')).toBe('home/project');
  expect(of('home/loose')).toBe('home/loose');
  expect(of('elsewhere/deep')).toBe('elsewhere');
  expect(of('home')).toBe('home');
});

describe('what npm says', () => {
  it.each<[string, string, RegExp]>([
    ['no such package, npm 10', "npm error code E404\nnpm error 404 Not Found - GET http://r/no-such-thing - Not found\nnpm error 404\nnpm error 404  'no-such-thing@*' is not in this registry.\n", /^npm install x: there is no package 'no-such-thing' in the registry\. Is the name right\?$/],
    ['no such package, npm 9', "npm ERR! code E404\nnpm ERR! 404  '@a/b@1.0.0' is not in this registry.\n", /no package '@a\/b' in the registry/],
    ['no such version', 'npm error code ETARGET\nnpm error notarget No matching version found for mini@99.\nnpm error notarget In most cases…\n', /^npm install x: No matching version found for mini@99\.$/],
    ['offline', 'npm error code ENOTFOUND\nnpm error syscall getaddrinfo\n', /npm cannot reach its registry \(ENOTFOUND\)\. Is this machine online\?/],
    ['no permission', 'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /nb/node_modules\n', /may not write into the folder \(EACCES\): \/nb\/node_modules$/],
    ['something else', 'npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve\nnpm error\nnpm error A complete log of this run can be found in: /home/x\n', /^npm install x failed \(ERESOLVE\)\nERESOLVE unable to resolve$/],
    ['no npm error at all', 'Segmentation fault\n', /^npm install x failed\nSegmentation fault$/],
  ])('%s', (_, stderr, sentence) => expect(failureSentence('npm install x', stderr)).toMatch(sentence));

  it('its summary, its fetches and its warnings', () => {
    expect(summaryOf('\nadded 1 package in 823ms\n')).toBe('added 1 package in 823ms');
    expect(summaryOf('\nup to date in 1s\n\n3 packages are looking for funding\n')).toBe('up to date in 1s');
    expect(summaryOf('')).toBeUndefined();
    expect([isFetch('npm http fetch GET 200 http://r/x 3ms (cache miss)'), isFetch('npm warn deprecated')]).toEqual([true, false]);
    expect([isWarning('npm warn deprecated x'), isWarning('npm WARN x'), isWarning('npm http fetch')]).toEqual([true, true, false]);
  });
});
