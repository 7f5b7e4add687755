import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Output } from '../protocol/messages.js';
import { lastLine, TerminalProgress } from './terminal-progress.js';

const stream = (text: string): Output => ({ msg_type: 'stream', content: { name: 'stdout', text } });

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('follows a cell in one line, and takes it back', () => {
  const written: string[] = [];
  const progress = new TerminalProgress({ columns: 60, write: (text) => written.push(text) });
  progress.end();
  expect(written).toEqual([]);
  progress.start({ number: 1, of: 2, source: 'work()' });
  progress.show(stream('step 1\nstep 2\n'));
  vi.advanceTimersByTime(1_300);
  expect(written.at(-1)).toBe('\r\u001b[2K[1/2] work()  1.2 s  step 2');
  progress.end();
  expect(written.at(-1)).toBe('\r\u001b[2K');
  const count = written.length;
  vi.advanceTimersByTime(1_000);
  expect(written).toHaveLength(count);
});

it.each<[Output, string]>([
  [stream('a\nb\n\n'), 'b'],
  [stream('10 %\r20 %'), '20 %'],
  [stream('\u001b[31mred\u001b[0m\ttab\u0007'), 'red tab'],
  [stream('\n'), ''],
  [{ msg_type: 'display_data', content: { data: { 'text/plain': 'epochs 3/9' }, metadata: {} } }, 'epochs 3/9'],
  [{ msg_type: 'display_data', content: { data: { 'image/png': 'x' }, metadata: {} } }, ''],
  [{ msg_type: 'clear_output', content: { wait: false } }, ''],
])('case %#: the last line is %j', (output, line) => expect(lastLine(output)).toBe(line));
