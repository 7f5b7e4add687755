import { cellOf, keeps, type Row } from './results.js';
import type { Subject } from './subjects.js';

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function cellText(row: Row, subject: string): string {
  const cell = cellOf(row, subject);
  const note = row.notes.get(subject);
  if (cell === undefined) return note ?? '–';
  const spread = cell.samples < 3 ? '' : ` (${cell.quartiles.map(digits).join('–')})`;
  const worst = row.worst === true ? ` worst ${digits(cell.worst)}` : '';
  return `${digits(cell.median)}${spread}${worst}${note === undefined ? '' : ` ${note}`}`;
}

function targetText({ target, worst }: Row): string {
  const limit = target?.atMost !== undefined ? `≤ ${target.atMost}` : target?.timesDeno !== undefined ? `≤ ${target.timesDeno} × Deno` : '';
  return worst === true && limit !== '' ? `worst ${limit}` : limit;
}

/** A line for each row: medians, the middle half in brackets, the ratio of the first subject to Deno, and the target with who keeps it. */
export function table(rows: readonly Row[], subjects: readonly Subject[]): string {
  const deno = subjects.find(({ name }) => name.startsWith('Deno'))?.name;
  const ours = subjects.filter(({ isOurs }) => isOurs);
  const lines = [['median (middle half)', ...subjects.map(({ name }) => name), 'ours / Deno', 'target', 'kept']];
  for (const row of rows) {
    const peer = deno === undefined ? undefined : cellOf(row, deno)?.median;
    const ratios = ours.map(({ name }) => cellOf(row, name)?.median).map((own) => (own === undefined || peer === undefined || peer === 0 ? '–' : (own / peer).toFixed(2)));
    const kept = ours.map(({ name }) => keeps(row, name, deno)).map((is) => (is === undefined ? '' : is ? 'yes' : 'NO'));
    lines.push([`${row.name}${row.unit === '' ? '' : `, ${row.unit}`}`, ...subjects.map(({ name }) => cellText(row, name)), ratios.every((ratio) => ratio === '–') ? '' : ratios.join(' '), targetText(row), kept.join(' ').trim()]);
  }
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) => line.map((text, column) => text.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

export function json(rows: readonly Row[], subjects: readonly Subject[]): object[] {
  const deno = subjects.find(({ name }) => name.startsWith('Deno'))?.name;
  return rows.map((row) => ({
    name: row.name,
    unit: row.unit,
    ...(row.target === undefined ? {} : { target: row.target }),
    results: Object.fromEntries(
      subjects.map(({ name, isOurs }) => {
        const note = row.notes.get(name);
        const kept = isOurs ? keeps(row, name, deno) : undefined;
        return [name, { ...cellOf(row, name), ...(note === undefined ? {} : { note }), ...(kept === undefined ? {} : { keepsTarget: kept }) }];
      }),
    ),
  }));
}
