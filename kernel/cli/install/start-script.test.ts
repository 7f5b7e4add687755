import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startScript } from './start-script.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "patchbay it's "));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A program that says who it is and what it was given. */
function program(name: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\necho "${name}:$*"\n`, { mode: 0o755 });
  return file;
}

function script(node: string): string {
  const file = path.join(folder, 'start.sh');
  fs.writeFileSync(file, startScript(node, ['--flag'], path.join(folder, 'kernel', 'main.js')));
  return file;
}

describe.skipIf(process.platform === 'win32')('start script', () => {
  const expected = (name: string) => `${name}:--flag ${folder}/kernel/main.js --connection-file /a b.json\n`;
  const env = { HOME: folder, PATH: path.join(folder, 'on-path') };

  it('runs the Node that it was made with, with its flags and what it is given', () => {
    expect(execFileSync('/bin/sh', [script(program('node')), '--connection-file', '/a b.json'], { encoding: 'utf8' })).toBe(expected('node'));
  });

  it('takes the newest that a version manager has when that one is gone, and the one on the PATH before it', () => {
    for (const version of ['v20.1.0', 'v22.1.0']) program(`.nvm/versions/node/${version}/bin/node`);
    const run = () => execFileSync('/bin/sh', [script(path.join(folder, 'gone')), '--connection-file', '/a b.json'], { env, encoding: 'utf8' });
    expect(run()).toBe(expected('.nvm/versions/node/v22.1.0/bin/node'));
    program('on-path/node');
    expect(run()).toBe(expected('on-path/node'));
  });

  it('becomes the kernel: the process that Jupyter started is the one that it signals', () => {
    const file = path.join(folder, 'pid');
    fs.writeFileSync(file, '#!/bin/sh\necho $$\n', { mode: 0o755 });
    const { stdout, pid } = spawnSync('/bin/sh', [script(file)], { encoding: 'utf8' });
    expect(Number(stdout)).toBe(pid);
  });

  it('leaves no name unquoted', () => expect(startScript("/a'b/node", [], '/c d.js')).toContain(`node='/a'\\''b/node'\n`));
});
