// Counts tests in vitest's JSON report.
import fs from 'node:fs/promises';

/** A run that was ended leaves none, or half of one. */
const readReport = (file) => fs.readFile(file, 'utf8').then(JSON.parse).catch(() => undefined);

/**
 * Resolves to `{ passed, failed, skipped }`. A file that could not be loaded counts as one failed test, and so does a
 * run without a report, without a test, or one that failed although every test passed (an error outside of tests).
 */
export async function countReport(file, exitCode) {
  const report = await readReport(file);
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + unloaded;
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: failed + (silent ? 1 : 0), skipped };
}

/** Titles of the tests that failed, with the first line of the reason. */
export async function failures(file) {
  const report = await readReport(file);
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return message ? [`${name}: ${message.split('\n')[0]}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${fullName}: ${(failureMessages[0] ?? '').split('\n')[0]}`);
  });
}
