import { describe, expect, it } from 'vitest';
import { MessageComposer } from '../protocol/compose.js';
import { describeEnd } from './errors.js';
import { LineTail } from './line-tail.js';
import { PendingReplies } from './pending-replies.js';

describe('LineTail', () => {
  it('cuts bytes into lines, whole characters, and keeps the last', () => {
    const lines: string[] = [];
    const tail = new LineTail(2, (line) => lines.push(line));
    const bytes = Buffer.from('eins\nzwölf\r\ndrei\nrest');
    for (const byte of bytes) tail.push(Buffer.from([byte]));
    expect(lines).toEqual(['eins', 'zwölf', 'drei']);
    expect(tail.last()).toEqual(['drei', 'rest']);
  });

  it('does not remember empty lines', () => {
    const tail = new LineTail(3);
    tail.push(Buffer.from('a\n\n\nb\n'));
    expect(tail.last()).toEqual(['a', 'b']);
  });
});

describe('PendingReplies', () => {
  const reply = new MessageComposer('k').compose('shell', 'execute_reply', { status: 'ok' });

  it('resolves the waiter of the id, once', async () => {
    const pending = new PendingReplies();
    const waiting = pending.add('a');
    pending.resolve('b', reply);
    pending.resolve(undefined, reply);
    pending.resolve('a', reply);
    pending.resolve('a', reply);
    await expect(waiting).resolves.toBe(reply);
  });

  it('rejects everything at the end, and whatever is asked after it', async () => {
    const pending = new PendingReplies();
    const waiting = pending.add('a');
    pending.rejectAll(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(pending.add('b')).rejects.toThrow('gone');
  });
});

describe('describeEnd', () => {
  it('names the exit code or the signal, and the last words', () => {
    expect(describeEnd({ code: 3, signal: null, stderrTail: ['oh no'], expected: false })).toMatch(/ended \(exit code 3\).*Its last words:\n {2}oh no/s);
    expect(describeEnd({ code: null, signal: 'SIGKILL', stderrTail: [], expected: false })).toBe('The kernel died (signal SIGKILL). It was ended from outside: by a person, or by the system when it was short of memory. Its variables are lost; the next run starts a new kernel.');
    expect(describeEnd({ code: 0, signal: null, stderrTail: ['x'], expected: true })).toMatch(/was stopped \(exit code 0\)/);
  });

  it('knows a kernel that ran out of memory', () => {
    const collection = '[123:0x1] 456 ms: Mark-Compact (reduce) 2046.1 (2081.8) -> 2045.2 (2082.3) MB, 22.91 / 0.00 ms';
    expect(describeEnd({ code: null, signal: 'SIGABRT', stderrTail: [collection, 'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory', ' 1: 0xb8d0d3 node::OOMErrorHandler'], expected: false })).toMatch(/^The kernel ran out of memory: its JavaScript heap had reached 2\.0 GB\. .*NODE_OPTIONS=--max-old-space-size=8192/);
    expect(describeEnd({ code: null, signal: 'SIGABRT', stderrTail: ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'], expected: false })).toMatch(/ran out of memory/);
  });
});
