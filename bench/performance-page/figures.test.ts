/** The page says what its report says: it is made of it, and all that it names is measured. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../kernel/bench/report.js';
import { WORKLOADS, workloadsOf } from '../../kernel/bench/workloads.js';
import { BEGIN, END, figures, losses, rowLines, withFigures } from './figures.js';

const page = fs.readFileSync('docs/performance.md', 'utf8');
const report = JSON.parse(fs.readFileSync('docs/performance.json', 'utf8')) as Report;

describe('docs/performance.md', () => {
  it('is what its report makes of it', () => expect(withFigures(page, report)).toBe(page));

  it('names every row of the plan that it was made with, by the titles of the table of workloads', () => {
    const titles = new Map(WORKLOADS.flatMap(({ rows }) => rows.map(({ id, title }) => [id, title])));
    for (const { id, title } of report.rows) expect(title, id).toBe(titles.get(id));
    expect(report.rows.map(({ id }) => id)).toEqual(workloadsOf(report.plan).flatMap(({ rows }) => rows.map(({ id }) => id)));
    for (const { title } of report.rows) expect(page).toContain(`| ${title} |`);
  });

  it('has the targets of the table of workloads', () => {
    const targets = new Map(WORKLOADS.flatMap(({ rows }) => rows.map((row) => [row.id, row])));
    for (const { id, comparisons, atMost } of report.rows) {
      expect(comparisons.map(({ atLeast }) => atLeast), id).toEqual(targets.get(id)?.comparisons.map(({ atLeast }) => atLeast));
      expect(atMost, id).toBe(targets.get(id)?.atMost);
    }
  });

  it('has tables of seven columns in every line', () => {
    const lines = page.split('\n').filter((line) => line.startsWith('|'));
    expect(lines.length).toBeGreaterThan(report.rows.length);
    for (const line of lines) expect(line.split(' |').length, line).toBe(8);
  });
});

const spread = (median: number) => ({ median, quartiles: [median, median] as const, samples: 5 });

describe('figures', () => {
  it('write a row: what it took, beside whom, and whether that was enough', () => {
    const row = { id: 'step-x', title: 'a step', milliseconds: spread(2), comparisons: [{ beside: 'tfjs', of: 'time' as const, milliseconds: spread(8), ratio: spread(4), atLeast: 5, kept: false }, { beside: 'Keras', of: 'time' as const, missing: 'no Python was named (--python)' }] };
    expect(rowLines(row)).toEqual([
      '| a step | 2.00 (2.00–2.00) | tfjs | 8.00 (8.00–8.00) | 4.00 (4.00–4.00) × | ≥ 5 | **no** |',
      '|  |  | Keras |  | – (no Python was named) |  |  |',
    ]);
    expect(losses([row])).toEqual(['- a step: 4.00 × as fast as tfjs, at least 5 wanted.']);
  });

  it('say where a peer is faster, also without a target, and where a limit is passed', () => {
    const slow = { id: 'cold', title: 'a start', milliseconds: spread(500), atMost: 400, kept: false, comparisons: [{ beside: 'C', of: 'time' as const, milliseconds: spread(250), ratio: spread(0.5) }, { beside: 'the rate', of: 'operations' as const, milliseconds: spread(1), ratio: spread(0.5) }] };
    expect(losses([slow])).toEqual(['- a start: 500 ms, at most 400 wanted.', '- a start: 0.500 × as fast as C.']);
  });

  it('warn of a run on a busy machine, and of no other', () => {
    const loaded = (load: number): string => figures({ ...report, machine: { ...report.machine, processors: 2, load: [0, load] } });
    expect(loaded(2.1)).toContain('The machine was busy');
    expect(loaded(2)).not.toContain('The machine was busy');
  });

  it('refuse a row that no table is for, and a page without a place', () => {
    expect(() => figures({ ...report, rows: [{ id: 'other', title: 'x', comparisons: [] }] })).toThrow('no table of the page has a place for other');
    expect(() => withFigures('# A page', report)).toThrow('between which the figures go');
    expect(withFigures(`a\n${BEGIN}\n${END}\nb`, report)).toMatch(/^a\n<!-- figures[\s\S]*<!-- end of figures -->\nb$/);
  });
});
