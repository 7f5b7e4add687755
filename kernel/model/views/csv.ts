/** A table as CSV (RFC 4180): numbers in full; a text that a spreadsheet would run as a formula is led by an apostrophe. */
export type CsvRow = readonly (string | number)[];

export const csvText = (rows: Iterable<CsvRow>): string => `${Array.from(rows, (row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;

function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
