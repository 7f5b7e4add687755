import { describe, expect, it } from 'vitest';
import { SUBJECTS, environmentOf } from './subjects.js';
import { SECONDS, WORKLOADS, workloadsOf } from './workloads.js';

describe('the table of workloads', () => {
  it('has every name once', () => {
    const ids = WORKLOADS.map(({ id }) => id);
    const rows = WORKLOADS.flatMap(({ rows: own }) => own.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(rows).size).toBe(rows.length);
    for (const { parties } of WORKLOADS) expect(new Set(parties.map(({ name }) => name)).size).toBe(parties.length);
  });

  it.each(WORKLOADS.map((workload) => [workload.id, workload] as const))('%s: rows name parties, parties name subjects', (_, { parties, rows }) => {
    const names = parties.map(({ name }) => name);
    for (const { own, comparisons } of rows) expect(names).toEqual(expect.arrayContaining([own, ...comparisons.flatMap(({ beside }) => beside)]));
    for (const { subject } of parties) expect(SUBJECTS.map(({ name }) => name)).toContain(subject);
    for (const { work } of parties) {
      if ('net' in work) expect(work.net.densities).toHaveLength(work.net.sizes.length - 1);
    }
  });

  it('has plans that grow', () => {
    const [quick, usual, full] = (['quick', 'usual', 'full'] as const).map((plan) => workloadsOf(plan).length);
    expect(quick).toBeGreaterThan(0);
    expect(usual).toBeGreaterThan(quick!);
    expect(full).toBe(WORKLOADS.length);
    expect(SECONDS.quick).toBeLessThan(SECONDS.usual);
  });
});

describe('the environment of a subject', () => {
  it('names the backend, so that nothing depends on what is installed, and one thread', () => {
    const backends = SUBJECTS.map((subject) => [subject.name, environmentOf(subject)['PATCHBAY_BACKEND']]);
    expect(backends).toEqual([['patchbay', 'wasm'], ['tfjs-cpu', 'cpu'], ['tfjs-wasm', 'wasm'], ['tfjs-node', 'tensorflow'], ['keras', undefined], ['torch', undefined]]);
    for (const subject of SUBJECTS) expect(environmentOf(subject)).toMatchObject({ OMP_NUM_THREADS: '1', TF_NUM_INTRAOP_THREADS: '1' });
  });
});
