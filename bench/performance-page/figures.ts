/** The part of docs/performance.md that comes from a run of `patchbay bench --full --json`. Pure. */
import type { ComparisonResult, Report, RowResult } from '../../kernel/bench/report.js';
import { digits, spreadText } from '../../kernel/bench/table.js';

export const BEGIN = '<!-- figures: made by `npm run bench:page` from docs/performance.json; edit neither by hand -->';
export const END = '<!-- end of figures -->';

const verdict = (kept: boolean | undefined): string => (kept === undefined ? '' : kept ? 'yes' : '**no**');

/** Headings of the tables, by how the ids of their rows begin; a row belongs to the first that fits. */
const SECTIONS: readonly (readonly [title: string, prefixes: readonly string[]])[] = [
  ['Training steps', ['step-']],
  ['One layer: our kernels', ['layer-', 'one-sample', 'threads']],
  ['Dense layers, and what dispatch chooses', ['dense-', 'auto-']],
  ['Starts', ['second-train', 'cold']],
];

const HEAD = '| work | ms | beside | its ms | ratio | target | kept |\n| --- | --- | --- | --- | --- | --- | --- |';

function comparisonLine(work: string, own: string, { beside, milliseconds, ratio, of, atLeast, kept, missing }: ComparisonResult): string {
  const times = ratio === undefined ? `– (${(missing ?? 'not measured').split(/[:(]/)[0]?.trim() ?? ''})` : of === 'time' ? `${spreadText(ratio)} ×` : `${spreadText(ratio)} of it`;
  return `| ${work} | ${own} | ${beside} | ${milliseconds === undefined || of === 'operations' ? '' : spreadText(milliseconds)} | ${times} | ${atLeast === undefined ? '' : `≥ ${atLeast}`} | ${verdict(kept)} |`;
}

/** A row and its comparisons: the work is named in the first line. */
export function rowLines({ title, milliseconds, gflops, atMost, kept, missing, comparisons }: RowResult): string[] {
  const own = milliseconds === undefined ? `– (${missing ?? 'not measured'})` : `${spreadText(milliseconds)}${gflops === undefined ? '' : `, ${digits(gflops)} GF/s`}`;
  const limit = atMost === undefined ? [] : [`| ${title} | ${own} | | | | ≤ ${atMost} ms | ${verdict(kept)} |`];
  return [...limit, ...comparisons.map((comparison, k) => comparisonLine(k === 0 && limit.length === 0 ? title : '', k === 0 && limit.length === 0 ? own : '', comparison))];
}

/** What is slower than it should be, or slower than a peer. */
export function losses(rows: readonly RowResult[]): string[] {
  return rows.flatMap(({ title, milliseconds, atMost, kept, comparisons }) => [
    ...(kept === false && milliseconds !== undefined ? [`- ${title}: ${digits(milliseconds.median)} ms, at most ${String(atMost)} wanted.`] : []),
    ...comparisons.flatMap(({ beside, ratio, atLeast, of, kept: reached }) => {
      if (ratio === undefined) return [];
      if (reached === false) return [`- ${title}: ${digits(ratio.median)} ${of === 'time' ? '× as fast as' : 'of the'} ${beside}, at least ${String(atLeast)} wanted.`];
      return of === 'time' && ratio.median < 1 && reached === undefined ? [`- ${title}: ${digits(ratio.median)} × as fast as ${beside}.`] : [];
    }),
  ]);
}

export function figures(report: Report): string {
  const { machine, subjects, rows, rateGflops, started, seconds, patchbay, plan } = report;
  const left = new Set(rows);
  const sections = SECTIONS.flatMap(([title, prefixes]) => {
    const own = rows.filter((row) => left.has(row) && prefixes.some((prefix) => row.id.startsWith(prefix)));
    own.forEach((row) => left.delete(row));
    return own.length === 0 ? [] : [`### ${title}`, '', HEAD, ...own.flatMap(rowLines), ''];
  });
  if (left.size > 0) throw new Error(`no table of the page has a place for ${[...left].map(({ id }) => id).join(', ')}: add its prefix to SECTIONS`);
  const lost = losses(rows);
  return [
    BEGIN,
    '',
    `Patchbay ${patchbay}, ${machine.cpu}, ${machine.processors} processors, ${machine.platform}, Node ${machine.node}; ${started.slice(0, 10)}, one run of \`patchbay bench${plan === 'usual' ? '' : ` --${plan}`}\` of ${seconds.toFixed(0)} s. Load of the machine in the minute before the first measurement ${machine.load[0].toFixed(1)}, before the last ${machine.load[1].toFixed(1)}.${rateGflops === undefined ? '' : ` Multiply-add rate: **${digits(rateGflops)} GF/s**.`}`,
    '',
    ...(Math.max(...machine.load) > machine.processors ? ['**The machine was busy with other work during this run.** Times are longer than they would be alone, and a ratio without brackets is of one or two measurements: take it for a direction, and measure on a quiet machine for more.', ''] : []),
    ...subjects.map(({ name, what, missing }) => `- ${name}: ${what ?? `not here: ${missing ?? ''}`}`),
    '',
    ...sections,
    '### Where we lose',
    '',
    ...(lost.length === 0 ? ['Nowhere in this run.'] : lost),
    '',
    END,
  ].join('\n');
}

/** @throws Error when the page has no place for the figures */
export function withFigures(page: string, report: Report): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no lines "${BEGIN}" and "${END}", between which the figures go`);
  return page.slice(0, from) + figures(report) + page.slice(to + END.length);
}
