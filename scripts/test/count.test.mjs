import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countReport, failures } from './count.mjs';

let folder;
beforeAll(async () => (folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-count-'))));
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const test = (status, message) => ({ status, fullName: `a ${status} test`, failureMessages: message ? [message] : [] });
const file = (status, assertionResults, message = '') => ({ name: 'x.test.ts', status, message, assertionResults });
const report = (passed, failed, testResults, skipped = 0) => ({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0, testResults });

async function written(content) {
  const name = path.join(folder, `${Math.random()}.json`);
  await fs.writeFile(name, typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

it.each([
  { case: 'all pass', code: 0, content: report(2, 0, [file('passed', [test('passed'), test('passed')])]), counts: { passed: 2, failed: 0, skipped: 0 } },
  { case: 'one fails', code: 1, content: report(1, 1, [file('failed', [test('passed'), test('failed')])]), counts: { passed: 1, failed: 1, skipped: 0 } },
  { case: 'one is skipped', code: 0, content: report(1, 0, [file('passed', [test('passed')])], 1), counts: { passed: 1, failed: 0, skipped: 1 } },
  { case: 'a file cannot be loaded', code: 1, content: report(1, 0, [file('passed', [test('passed')]), file('failed', [])]), counts: { passed: 1, failed: 1, skipped: 0 } },
  { case: 'an error outside of tests', code: 1, content: report(1, 0, [file('passed', [test('passed')])]), counts: { passed: 1, failed: 1, skipped: 0 } },
  { case: 'no test at all', code: 0, content: report(0, 0, []), counts: { passed: 0, failed: 1, skipped: 0 } },
])('counts: $case', async ({ code, content, counts }) => {
  expect(await countReport(await written(content), code)).toEqual(counts);
});

it.each(['', '{"numPassedTests":'])('a run without a whole report (%j) is a failed one', async (content) => {
  expect(await countReport(await written(content), 'SIGKILL')).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('a run without a report is a failed one', async () => {
  expect(await countReport(path.join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('names what failed', async () => {
  const content = report(0, 1, [file('failed', [test('failed', 'Error: no\n  at x')]), file('failed', [], 'cannot load\nmore')]);
  expect(await failures(await written(content))).toEqual(['a failed test: Error: no', 'x.test.ts: cannot load']);
});
