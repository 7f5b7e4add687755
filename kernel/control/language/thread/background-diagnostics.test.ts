import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';
import type { DiagnosticsContent } from '../../../protocol/language.js';
import { BackgroundDiagnostics } from './background-diagnostics.js';

const language = new TestLanguage();
afterAll(() => language.dispose());

describe('diagnostics in the background', () => {
  const sent: DiagnosticsContent[] = [];
  let isCancelled = false;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate'] });
    sent.length = 0;
    isCancelled = false;
  });
  afterEach(() => vi.useRealTimers());
  const start = (texts: readonly string[]) => {
    const context = language.open(texts);
    const background = new BackgroundDiagnostics({ context: () => context, run: (work) => (isCancelled ? undefined : work()), send: (content) => sent.push(content) });
    const settle = (): Promise<unknown> => vi.runAllTimersAsync();
    return { context, background, settle };
  };
  const seen = (): string[] => sent.map(({ cell, version, diagnostics }) => `${cell} v${version} ${diagnostics.length}`);

  it('come after a pause, the cells at hand first, and only where something changed', async () => {
    const { context, background, settle } = start(['const a: string = 1', '1', 'const b: string = 2']);
    background.changed(['2'], 1);
    background.changed(['2'], 2);
    expect(sent).toEqual([]);
    await settle();
    expect(seen()).toEqual(['2 v2 1', '0 v2 1']);
    context.notebook.setText('2', 'const b = 2');
    background.changed(['2'], 3);
    await settle();
    expect(seen().slice(2)).toEqual(['2 v3 0']);
  });

  it('that were cancelled are not sent, and come with the next change', async () => {
    const { background, settle } = start(['const a: string = 1']);
    isCancelled = true;
    background.changed([], 1);
    await settle();
    expect(sent).toEqual([]);
    isCancelled = false;
    background.changed([], 2);
    await settle();
    expect(seen()).toEqual(['0 v2 1']);
  });

  it('of a cell that went and came again are sent again', async () => {
    const { context, background, settle } = start(['const a: string = 1']);
    background.changed([], 1);
    await settle();
    context.notebook.change([{ type: 'remove', cell: '0' }]);
    background.changed(['0'], 2);
    await settle();
    context.notebook.change([{ type: 'insert', index: 0, cell: { id: '0', text: 'const a: string = 1' } }]);
    background.changed(['0'], 3);
    await settle();
    expect(seen()).toEqual(['0 v1 1', '0 v3 1']);
  });
});
