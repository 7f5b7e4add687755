/** `install` in a cell: npm's own client against a registry of ours on this machine. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestKernel } from './harness.js';

/** A tar archive in the format `ustar`: a header of 512 bytes a file, contents in blocks of 512. */
function tarball(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    const content = Buffer.from(text);
    const field = (at: number, value: string): void => void header.write(value, at);
    field(0, `package/${name}`);
    field(100, '0000644\0');
    field(108, '0000000\0');
    field(116, '0000000\0');
    field(124, `${content.length.toString(8).padStart(11, '0')}\0`);
    field(136, '00000000000\0');
    field(148, ' '.repeat(8));
    field(156, '0');
    field(257, 'ustar\u000000');
    field(148, `${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `);
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const manifest = { name: 'mini', version: '1.2.3', type: 'module', exports: './index.js' };
const archive = tarball({ 'package.json': JSON.stringify(manifest), 'index.js': "export const mini = 'installed';" });
const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
const registry = http.createServer(({ url }, response) => {
  const base = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  if (url === '/mini') response.setHeader('content-type', 'application/json').end(JSON.stringify({ name: 'mini', 'dist-tags': { latest: '1.2.3' }, versions: { '1.2.3': { ...manifest, dist: { tarball: `${base}/mini.tgz`, integrity } } } }));
  else if (url === '/mini.tgz') response.end(archive);
  // It never answers.
  else if (url !== '/stuck') response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
});

let kernel: TestKernel;
beforeAll(async () => {
  // What `npm test` hands down, and a machine's own registry, would count more than the notebook folder's .npmrc.
  for (const name of Object.keys(process.env)) if (/^npm_config_/i.test(name)) delete process.env[name];
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  kernel = new TestKernel(process.execPath, { '.npmrc': `registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}/\ncache=./.npm-cache\n` });
});
afterAll(async () => {
  await kernel.stop();
  registry.closeAllConnections();
  registry.close();
});

it('a package that was missing is there in the next cell, without a restart', async () => {
  const missing = await kernel.run("import { mini } from 'mini'");
  expect(missing.reply.status === 'error' && missing.reply.evalue).toMatch(/await install\('mini'\)/);
  const run = await kernel.run("import { install } from 'patchbay';\nawait install('mini')");
  expect(run.reply).toMatchObject({ status: 'ok' });
  expect(run.result).toBeUndefined();
  const updates = run.messages.filter(({ header }) => header.msg_type.endsWith('display_data')).map(({ content }) => (content['data'] as Record<string, string>)['text/plain']);
  expect(updates.length).toBeGreaterThan(1);
  expect(updates[0]).toMatch(/^npm install mini in .* · \d+ ms$/);
  expect(updates.at(-1)).toMatch(/^npm install mini in .*: added 1 package in /);
  expect(run.types.filter((type) => type === 'display_data')).toHaveLength(1);
  expect(await kernel.value("import { mini } from 'mini'; mini")).toBe("'installed'");
  expect(fs.existsSync(path.join(kernel.folder, 'node_modules', 'mini', 'index.js'))).toBe(true);
});

it('an unknown package, an unknown version and an option are told in a sentence', async () => {
  const error = async (code: string): Promise<string> => {
    const { reply } = await kernel.run(code);
    return reply.status === 'error' ? reply.evalue : 'no error';
  };
  expect(await error("await install('no-such-mini')")).toMatch(/^npm install no-such-mini: there is no package 'no-such-mini' in the registry\. Is the name right\?$/);
  expect(await error("await install('mini@99')")).toMatch(/^npm install mini@99: No matching version found for mini@99/);
  expect(await error("await install('--global')")).toMatch(/expected the name of an npm package/);
});

it('a registry that cannot be reached is told within seconds', async () => {
  kernel.write('.npmrc', 'registry=http://127.0.0.1:9/\ncache=./.npm-cache\n');
  const { reply } = await kernel.run("await install('mini2')");
  kernel.write('.npmrc', `registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}/\ncache=./.npm-cache\n`);
  expect(reply.status === 'error' && reply.evalue).toMatch(/npm cannot reach its registry \(ECONNREFUSED\)\. Is this machine online\?/);
});

it('an interrupt ends npm, and the session lives on', async () => {
  const stuck = kernel.run("const kept = 7; await install('stuck'); console.log('not reached')");
  await kernel.until(() => kernel.messages.some(({ content }) => JSON.stringify(content).includes('npm install stuck in')), 'the line of the installation');
  await kernel.process.interrupt();
  const { reply, stdout } = await stuck;
  expect([reply.status === 'error' && reply.ename, stdout]).toEqual(['Interrupted', '']);
  expect(await kernel.value('kept')).toBe('7');
});
