import { describe, expect, it } from 'vitest';
import { rowsOf, type Fact, type Report } from './report.js';
import { reportText } from './table.js';
import type { Workload } from './workloads.js';

const party = (name: string) => ({ name, subject: 'patchbay', work: { kind: 'rate' } }) as const;
const workload: Workload = {
  id: 'w',
  weight: 1,
  plans: ['quick'],
  parties: ['own', 'a', 'b', 'rate', 'gone'].map(party),
  rows: [
    {
      id: 'w-row',
      title: 'a step',
      own: 'own',
      atMost: 1.5,
      comparisons: [
        { beside: ['a'], atLeast: 3 },
        { beside: ['a', 'b', 'gone'], label: 'the best', atLeast: 3 },
        { beside: ['rate'], byOperations: true, atLeast: 0.5 },
        { beside: ['gone'], atLeast: 2 },
      ],
    },
  ],
};
const facts = new Map<string, Fact>([['own', { flops: 4e6, note: 'sparse16' }], ['rate', { flops: 1e6 }], ['gone', { missing: 'no Python' }]]);
const rounds = new Map([
  ['own', [1, 2, 1, 1, 1]],
  ['a', [4, 4, 4, undefined, 4]],
  ['b', [5, 2, 5, 5, 5]],
  ['rate', [0.125, 0.25, 0.125, 0.125, 0.125]],
]);
const rows = rowsOf(workload, rounds, facts);
const [row] = rows;

describe('rows', () => {
  it('have the median, the middle half, operations a second, and whether a limit is kept', () => {
    expect(row).toMatchObject({ id: 'w-row', milliseconds: { median: 1, quartiles: [1, 1], samples: 5 }, gflops: 4, note: 'sparse16', atMost: 1.5, kept: true });
  });

  it('form ratios within a round, and leave out rounds that one of the two sat out', () => {
    expect(row?.comparisons[0]).toEqual({ beside: 'a', of: 'time', atLeast: 3, milliseconds: { median: 4, quartiles: [4, 4], samples: 4 }, ratio: { median: 4, quartiles: [3.5, 4], samples: 4 }, kept: true });
  });

  it('take of several parties the fastest of each round, those that are there', () => {
    // 4/1, 2/2, 4/1, 5/1, 4/1
    expect(row?.comparisons[1]).toMatchObject({ beside: 'the best', ratio: { median: 4, samples: 5 }, kept: true });
  });

  it('compare operations a second where runs have different numbers of them', () => {
    expect(row?.comparisons[2]).toMatchObject({ of: 'operations', ratio: { median: 0.5, samples: 5 }, kept: true });
  });

  it('say why a comparison is missing, and keep nothing then', () => {
    expect(row?.comparisons[3]).toEqual({ beside: 'gone', of: 'time', atLeast: 2, missing: 'no Python' });
    expect(rowsOf(workload, new Map(), new Map([['own', { missing: 'broken' }]]))[0]).toMatchObject({ missing: 'broken', comparisons: [{ missing: 'not measured' }, {}, {}, {}] });
  });

  it('do not keep what is too slow', () => {
    const slow = rowsOf(workload, new Map([['own', [2]], ['a', [4]]]), facts)[0];
    expect(slow?.kept).toBe(false);
    expect(slow?.comparisons[0]?.kept).toBe(false);
  });
});

describe('the table', () => {
  const report: Report = {
    version: 1, patchbay: '9.9.9', plan: 'quick', started: '2020-01-01T00:00:00.000Z', seconds: 3, rateGflops: 36.25,
    machine: { cpu: 'A CPU', processors: 2, platform: 'linux x64', node: '20.0.0', load: [0.5, 2] },
    subjects: [{ name: 'patchbay', what: 'tfjs on wasm' }, { name: 'torch', missing: 'no Python' }],
    rows,
  };
  const text = reportText(report);

  it('names the machine, its load and rate, and who was and was not there', () => {
    expect(text).toContain('Patchbay 9.9.9 on A CPU, 2 processors, linux x64, Node 20.0.0');
    expect(text).toContain('load 0.5 before, 2.0 after; 3 s; multiply-add rate of WebAssembly SIMD here: 36.3 GF/s');
    expect(text).toMatch(/Measured.*\n {2}patchbay: tfjs on wasm\nNot here:\n {2}torch: no Python\n$/);
  });

  it('has a line a row and one a comparison, with target and verdict', () => {
    const lines = text.split('\n');
    expect(lines.find((line) => line.startsWith('a step'))).toMatch(/^a step +1\.00 \(1\.00–1\.00\) +4\.00 GF\/s +≤ 1\.5 ms +yes$/);
    expect(lines.find((line) => line.startsWith('  beside a '))).toMatch(/4\.00 \(4\.00–4\.00\) +4\.00 \(3\.50–4\.00\)× +≥ 3× +yes$/);
    expect(lines.find((line) => line.startsWith('  beside gone'))).toMatch(/– +not here +≥ 2×$/);
  });
});
