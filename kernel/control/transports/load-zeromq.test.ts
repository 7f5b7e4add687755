import os from 'node:os';
import { expect, it } from 'vitest';
import { loadZeroMq } from './load-zeromq.js';

it('gives the package that lies beside the kernel, or says how to get it', () => {
  expect(loadZeroMq(import.meta.dirname).version).toMatch(/^4\./);
  expect(() => loadZeroMq(os.tmpdir())).toThrow(/^the package zeromq, over which a kernel speaks to Jupyter, does not load in Node .*: Cannot find module 'zeromq'\nInstall Patchbay again with `npm install -g patchbay --include=optional`/);
});
