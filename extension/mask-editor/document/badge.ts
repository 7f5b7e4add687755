import { formatNumber } from '../../../kernel/model/views/format.js';
import { isolated, type Counts } from './counts.js';

/** What the status line says of a mask: connections, density, units without any, parameters since it was saved. */
export function badgeParts({ connections, rows, columns }: Pick<Counts, 'connections' | 'rows' | 'columns'>, savedConnections: number | undefined): string[] {
  const cells = rows.length * columns.length;
  const parts = [`${grouped(connections)} of ${grouped(cells)} connected`, `density ${formatNumber(Number(((100 * connections) / cells).toPrecision(3)))} %`];
  const [inputs, outputs] = [isolated(rows), isolated(columns)];
  parts.push(inputs + outputs === 0 ? 'no isolated units' : `isolated: ${[...(inputs > 0 ? [units(inputs, 'input')] : []), ...(outputs > 0 ? [units(outputs, 'output')] : [])].join(', ')}`);
  if (savedConnections === undefined) parts.push('in no file yet');
  else parts.push(`${signed(connections - savedConnections)} parameters since saved`);
  return parts;
}

const units = (count: number, name: string): string => `${grouped(count)} ${name}${count === 1 ? '' : 's'}`;
const grouped = (value: number): string => value.toLocaleString('en-US');
const signed = (value: number): string => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${grouped(Math.abs(value))}`);
