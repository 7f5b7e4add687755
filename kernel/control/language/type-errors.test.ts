import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic } from '../../protocol/language.js';
import { MessageComposer } from '../../protocol/compose.js';
import { refusal, TypeErrors, type RanCell } from './type-errors.js';

const composer = new MessageComposer('test');
const cell = (id: string, source = 'const x: number = y'): RanCell => ({ id, label: `Cell ${id}`, source, header: composer.compose('shell', 'execute_request', {}).header });
const error = (line: number, message: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({ range: { start: { line, character: 0 }, end: { line, character: 1 } }, severity, code: 2322, message, related: [] });

describe('TypeErrors', () => {
  const published: [string, string][] = [];
  let busy = false;
  const asked: string[] = [];
  let errors: TypeErrors;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    published.length = 0;
    asked.length = 0;
    busy = false;
    errors = new TypeErrors({
      diagnostics: (id) => {
        asked.push(id);
        return id === 'dead' ? Promise.reject(new Error('ended')) : Promise.resolve(id === 'good' ? [] : [error(1, `wrong in ${id}`), error(2, 'unused', 'hint')]);
      },
      publish: (_, content, parent) => published.push([String(Reflect.get(content, 'text')), parent.msg_id]),
      isBusy: () => busy,
    });
  });
  afterEach(() => vi.useRealTimers());
  const run = (one: RanCell): void => {
    errors.started(one);
    errors.idle(one.header);
  };

  it('tells the errors of cells in order, each to its own request, and nothing of those that are right', async () => {
    const [first, good, dead, last] = [cell('1'), cell('good'), cell('dead'), cell('4')];
    [first, good, dead, last].forEach(run);
    expect(errors.pending).toEqual(['1', 'good', 'dead', '4']);
    await vi.advanceTimersByTimeAsync(30);
    expect(published).toEqual([['Cell 1, line 2: wrong in 1 (TS2322)\n', first.header.msg_id], ['Cell 4, line 2: wrong in 4 (TS2322)\n', last.header.msg_id]]);
    expect(errors.pending).toEqual([]);
  });

  it('waits while cells run, but not for ever', async () => {
    busy = true;
    run(cell('1'));
    await vi.advanceTimersByTimeAsync(900);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual(['1']);
  });

  it('asks nothing for a cell without a name, or of a request that ran no cell', async () => {
    run(cell('1', '1 + 1'));
    errors.idle(composer.compose('shell', 'kernel_info_request', {}).header);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked).toEqual([]);
  });
});

describe('the words of type errors', () => {
  it('says why a cell was not run', () => {
    expect(refusal('Cell 2', [error(0, 'unused', 'hint')])).toBeUndefined();
    expect(refusal('Cell 2', [error(4, 'wrong')])?.traceback).toEqual(['TypeCheckError: Cell 2 was not run, because it has type errors.', 'Cell 2, line 5: wrong (TS2322)', expect.stringContaining('PATCHBAY_TYPE_ERRORS')]);
  });
});
