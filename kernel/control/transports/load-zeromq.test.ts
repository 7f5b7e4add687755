import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type * as ZeroMQ from 'zeromq';
import { loadZeroMq } from './load-zeromq.js';

const from = (folder: string) => () => createRequire(path.join(folder, 'here.js'))('zeromq') as typeof ZeroMQ;

it('gives the package, or says how to get it', () => {
  expect(loadZeroMq(from(import.meta.dirname)).version).toMatch(/^4\./);
  expect(() => loadZeroMq(from(os.tmpdir()))).toThrow(/^the package zeromq, over which a kernel speaks to Jupyter, does not load in Node .*: Cannot find module 'zeromq'\nInstall Patchbay again with `npm install -g patchbay --include=optional`/);
});
