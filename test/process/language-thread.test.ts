/** The language thread's life, seen from the control thread: it dies here for want of its declarations. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LanguageThread } from '../../kernel/control/language/language-thread.js';
import { KERNEL_FILE } from './harness.js';

describe('the language thread', () => {
  let folder: string;
  const log: string[] = [];
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-language-'));
    for (const file of ['language.js', 'typescript.js']) fs.symlinkSync(path.join(path.dirname(KERNEL_FILE), file), path.join(folder, file));
    log.length = 0;
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('that died is named once in the log, fails what waited, and starts again with what it must know', async () => {
    const restored = [{ method: 'session/executed', params: { id: '1', text: 'const kept = { inside: 1 };', keep: [] } }] as const;
    const thread = new LanguageThread({ kernelFolder: folder, folder, onDiagnostics: () => undefined, log: (line) => log.push(line), restore: () => restored });
    const ask = () => thread.request('session/complete', { code: 'kept.', offset: 5 }).reply;
    expect(thread.isRunning).toBe(false);
    await expect(ask()).rejects.toThrow(/^the language service ended: .*types\.pack/);
    await expect(ask()).rejects.toThrow(/^the language service ended/);
    expect(log).toEqual([expect.stringMatching(/^the language service ended \(.*types\.pack.*\); it starts again with the next question$/)]);
    fs.symlinkSync(path.join(path.dirname(KERNEL_FILE), 'types.pack'), path.join(folder, 'types.pack'));
    expect(await ask()).toEqual({ start: 5, end: 5, matches: [{ text: 'inside', type: 'property' }] });
    expect(thread.isRunning).toBe(true);
    await thread.stop();
    expect(thread.isRunning).toBe(false);
  });
});
