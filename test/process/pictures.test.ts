/** Views of the real kernel: payload, picture and sentence, in outputs, results and files. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKernelView } from '../../kernel/model/views/kernel-view.js';
import { parseLossView } from '../../kernel/model/views/loss-payload.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { KERNEL_MIME, LOSS_MIME, MASK_MIME } from '../../kernel/model/views/media-types.js';
import { isProblem } from '../../kernel/model/views/problem.js';
import { decodePng } from '../support/png.js';
import { TestKernel } from './harness.js';

const WIRED = `
import { Mask, maskedDense, masks, show, tf } from 'patchbay';
const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
const layer = maskedDense({ connections: A, inputShape: [3], name: 'wired' });
const model = tf.sequential({ layers: [layer] });
`;

const parse = { [MASK_MIME]: parseMaskView, [KERNEL_MIME]: parseKernelView, [LOSS_MIME]: parseLossView };

function expectView(data: Record<string, unknown> | undefined, mime: keyof typeof parse): void {
  expect(Object.keys(data ?? {}).sort()).toEqual([mime, 'image/png', 'text/plain'].sort());
  const view = parse[mime]?.(data?.[mime]);
  expect(view && isProblem(view) ? view.problem : 'drawn').toBe('drawn');
  const png = decodePng(Buffer.from(String(data?.['image/png']), 'base64'));
  expect(png.width).toBeGreaterThanOrEqual(840);
  expect(png.at(0, 0)).toEqual([255, 255, 255, 255]);
}

describe('views in the kernel', () => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel();
    const { reply } = await kernel.run(WIRED);
    if (reply.status === 'error') throw new Error(reply.traceback.join('\n'));
  });
  afterAll(() => kernel.stop());

  it.each([
    ['show.mask(A)', MASK_MIME],
    ['show.kernel(layer)', KERNEL_MIME],
    ['show.loss({ loss: [3, 2, 1], val_loss: [3, 2, 2] })', LOSS_MIME],
  ] as const)('%s shows payload, picture and sentence, and nothing more', async (code, mime) => {
    const { displays, result, types, stderr } = await kernel.run(code);
    expect(displays).toHaveLength(1);
    expectView(displays[0], mime);
    expect([result, types.includes('execute_result'), stderr]).toEqual([undefined, false, '']);
  });

  it('a Mask as last expression is drawn, picture included', async () => {
    const { messages } = await kernel.run('A');
    const { content } = messages.find(({ header }) => header.msg_type === 'execute_result')!;
    expectView(content['data'] as Record<string, unknown>, MASK_MIME);
  });

  it('keeps the order of pictures and prints', async () => {
    const { messages } = await kernel.run('console.log(1); show.mask(A); console.log(2); show.kernel(layer); console.log(3)');
    const kinds = messages.map(({ header, content }) => (header.msg_type === 'stream' ? String(content['text']).trim() : header.msg_type)).filter((kind) => /^\d|display/.test(kind));
    expect(kinds).toEqual(['1', 'display_data', '2', 'display_data', '3']);
  });

  it('updates in place', async () => {
    const { messages } = await kernel.run('const handle = show.mask(A); handle.update(masks.identity(4)); handle');
    const shown = messages.filter(({ header }) => /display_data/.test(header.msg_type));
    expect(shown.map(({ header }) => header.msg_type)).toEqual(['display_data', 'update_display_data']);
    expect(shown[0]!.content['transient']).toEqual(shown[1]!.content['transient']);
    expectView(shown[1]!.content['data'] as Record<string, unknown>, MASK_MIME);
  });

  it('writes a file before the call returns', async () => {
    const size = await kernel.value(`show.kernel(layer, { file: 'k.png', title: 'Wired' }); (await import('node:fs')).statSync('k.png').size`);
    expect(Number(size)).toBeGreaterThan(3000);
    expect(decodePng(fs.readFileSync(path.join(kernel.folder, 'k.png'))).width).toBeGreaterThanOrEqual(840);
  });

  it('draws 10,000 × 10,000 connections', async () => {
    const { displays, ms } = await kernel.run('show.mask(masks.random(10_000, 10_000, { nnz: 1_000_000, seed: 1 }))');
    expectView(displays[0], MASK_MIME);
    expect(JSON.stringify(displays[0]![MASK_MIME]).length).toBeLessThanOrEqual(256 * 1024);
    expect(ms).toBeLessThan(15_000);
  });
});

it('a plain script prints its sentence, writes its picture, and ends', () => {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync('dist'), 'script-'));
  try {
    const script = path.join(folder, 'script.cjs');
    const runtime = JSON.stringify(path.resolve('dist/kernel/runtime.js'));
    fs.writeFileSync(script, `const { show } = require(${runtime}); show.kernel([[1, 0], [-2, 3]], { file: 'k.png' }); console.log(require('node:fs').existsSync('k.png'));`);
    const printed = execFileSync(process.execPath, [script], { cwd: folder, encoding: 'utf8', timeout: 30_000 });
    expect(printed).toContain('Kernel, 2 inputs × 2 outputs: 4 of 4 connected (100.0 %)');
    expect(printed.trim().endsWith('true')).toBe(true);
    expect(decodePng(fs.readFileSync(path.join(folder, 'k.png'))).at(0, 0)).toEqual([255, 255, 255, 255]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
