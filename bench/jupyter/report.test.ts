import { describe, expect, it } from 'vitest';
import { json, table } from './report.js';
import { keeps, Results } from './results.js';
import type { Subject } from './subjects.js';

const subject = (name: string, isOurs: boolean): Subject => ({ name, isOurs, interrupt: 'message', argv: [], env: {} });
const subjects = [subject('Patchbay, Node 20', true), subject('Patchbay, Node 24', true), subject('Deno 2.9.6', false), subject('tslab', false)];

function results(): Results {
  const all = new Results();
  all.row('short', { unit: 'ms', target: { timesDeno: 1 } });
  all.row('interrupt', { unit: 'ms', target: { atMost: 300 }, worst: true });
  for (const value of [1, 2, 3]) all.add('short', 'Patchbay, Node 20', value);
  for (const value of [4, 5, 6]) all.add('short', 'Patchbay, Node 24', value);
  for (const value of [3, 4, 5]) all.add('short', 'Deno 2.9.6', value);
  for (const value of [100, 100, 301]) all.add('interrupt', 'Patchbay, Node 20', value);
  all.note('interrupt', 'Deno 2.9.6', 'never');
  return all;
}

describe('the table', () => {
  it('has medians, spread, the ratio of each of ours to Deno, and who keeps the target', () => {
    const [head, short, interrupt] = table(results().rows, subjects).split('\n');
    expect(head).toMatch(/median.*Patchbay, Node 20 +Patchbay, Node 24 +Deno 2\.9\.6 +tslab +ours \/ Deno +target +kept/);
    expect(short).toMatch(/^short, ms +2\.00 \(1\.50–2\.50\) +5\.00 \(4\.50–5\.50\) +4\.00 \(3\.50–4\.50\) +– +0\.50 1\.25 +≤ 1 × Deno +yes NO$/);
    expect(interrupt).toMatch(/^interrupt, ms +100 \(100–201\) worst 301 +– +never +– +worst ≤ 300 +NO$/);
  });
});

describe('a target', () => {
  it('that names the worst value counts it, not the median', () => {
    const [, interrupt] = results().rows;
    expect(keeps(interrupt!, 'Patchbay, Node 20', 'Deno 2.9.6')).toBe(false);
  });

  it('that leans on Deno is open where Deno was not measured', () => {
    const [short] = results().rows;
    expect(keeps(short!, 'Patchbay, Node 20', undefined)).toBeUndefined();
    expect(keeps(short!, 'Patchbay, Node 20', 'Deno 2.9.6')).toBe(true);
  });
});

describe('the JSON', () => {
  it('has the samples, the worst value and the notes of each subject', () => {
    const [short, interrupt] = json(results().rows, subjects) as { results: Record<string, object> }[];
    expect(short!.results['Patchbay, Node 24']).toEqual({ median: 5, quartiles: [4.5, 5.5], samples: 3, worst: 6, keepsTarget: false });
    expect(interrupt!.results['Deno 2.9.6']).toEqual({ note: 'never' });
  });

  it('refuses a value for a row that nobody named', () => {
    expect(() => results().add('typo', 'tslab', 1)).toThrow('there is no row typo');
  });
});
