/** A report as text for a terminal. */
import type { ComparisonResult, Report, RowResult } from './report.js';
import type { Summary } from './statistics.js';

export const digits = (value: number): string => (value >= 99.95 ? value.toFixed(0) : value.toPrecision(value < 0.01 ? 2 : 3));

export const spreadText = ({ median, quartiles, samples }: Summary): string => (samples < 3 ? digits(median) : `${digits(median)} (${quartiles.map(digits).join('–')})`);

const keptText = (kept: boolean | undefined): string => (kept === undefined ? '' : kept ? 'yes' : 'NO');

function comparisonCells({ beside, milliseconds, ratio, of, atLeast, kept, missing }: ComparisonResult): string[] {
  const target = atLeast === undefined ? '' : `≥ ${atLeast}×`;
  if (!ratio || !milliseconds) return [`  beside ${beside}`, '–', missing === undefined ? '' : `not here`, target, ''];
  return [`  beside ${beside}`, of === 'time' ? spreadText(milliseconds) : '', `${spreadText(ratio)}×`, target, keptText(kept)];
}

function rowCells({ title, milliseconds, gflops, atMost, kept, missing, comparisons }: RowResult): string[][] {
  const own = milliseconds ? spreadText(milliseconds) : `– ${missing ?? ''}`;
  const speed = gflops === undefined ? '' : `${digits(gflops)} GF/s`;
  return [[title, own, speed, atMost === undefined ? '' : `≤ ${atMost} ms`, keptText(kept)], ...comparisons.map(comparisonCells)];
}

export const HEAD = ['median (middle half)', 'ms', 'times as fast', 'target', 'kept'] as const;

/** CPU and load first, then the table, then who could not take part and why. */
export function reportText(report: Report): string {
  const { machine, subjects, rows, seconds, rateGflops, patchbay } = report;
  const lines = [[...HEAD], ...rows.flatMap(rowCells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const table = lines.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  const here = subjects.flatMap(({ name, what }) => (what === undefined ? [] : [`  ${name}: ${what}`]));
  const missing = subjects.flatMap(({ name, missing: reason }) => (reason === undefined ? [] : [`  ${name}: ${reason}`]));
  return [
    `Patchbay ${patchbay} on ${machine.cpu}, ${machine.processors} processors, ${machine.platform}, Node ${machine.node}`,
    `load ${machine.load.map((value) => value.toFixed(1)).join(' before, ')} after; ${seconds.toFixed(0)} s${rateGflops === undefined ? '' : `; multiply-add rate of WebAssembly SIMD here: ${digits(rateGflops)} GF/s`}`,
    '',
    ...table,
    '',
    'Measured, each a process of its own on one thread:',
    ...here,
    ...(missing.length === 0 ? [] : ['Not here:', ...missing]),
    '',
  ].join('\n');
}
