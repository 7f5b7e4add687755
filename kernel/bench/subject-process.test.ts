import { afterEach, describe, expect, it } from 'vitest';
import { SubjectProcess } from './subject-process.js';

/** A subject in a line, which answers as the real ones do. */
const subject = (answers: string): SubjectProcess => {
  const code = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => { const request = JSON.parse(line); ${answers} });`;
  const started = new SubjectProcess({ program: process.execPath, arguments: ['-e', code], environment: { PATCHBAY_BACKEND: 'cpu' } });
  running.push(started);
  return started;
};
const running: SubjectProcess[] = [];
afterEach(() => running.splice(0).forEach((one) => one.end()));

const SAY = (body: string): string => `console.log(JSON.stringify({ id: request.id, ${body} }));`;

describe('a subject', () => {
  it('answers by number, in whatever order, beside lines that are none of ours', async () => {
    const one = subject(`console.log('hello'); console.log('{"id"'); setTimeout(() => { ${SAY(`milliseconds: request.milliseconds`)} }, 60 - request.milliseconds);`);
    await expect(Promise.all([one.burst('a', 10), one.burst('b', 50)])).resolves.toEqual([10, 50]);
  });

  it('is given its environment, and says what it is', async () => {
    await expect(subject(SAY(`what: process.env.PATCHBAY_BACKEND`)).describe()).resolves.toBe('cpu');
    await expect(subject(SAY(`flops: 2, note: 'n'`)).prepare('a', { kind: 'rate' })).resolves.toEqual({ flops: 2, note: 'n' });
  });

  it('hands an error on, and a time that is none', async () => {
    await expect(subject(SAY(`error: 'no such layer'`)).prepare('a', { kind: 'rate' })).rejects.toThrow('no such layer');
    await expect(subject(SAY(`milliseconds: null`)).burst('a', 1)).rejects.toThrow('it measured null ms');
  });

  it('that dies ends what waits and what comes later, with its last words', async () => {
    const one = subject(`console.error('out of memory'); process.exit(3);`);
    await expect(one.burst('a', 1)).rejects.toThrow('its process ended (exit code 3): out of memory');
    await expect(one.burst('a', 1)).rejects.toThrow('exit code 3');
  });

  it('that is not there says so', async () => {
    const gone = new SubjectProcess({ program: '/no/such/python', arguments: [], environment: {} });
    await expect(gone.describe()).rejects.toThrow('ENOENT');
  });
});
