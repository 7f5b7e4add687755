import { formatCount, formatNumber, plural } from '../../../kernel/model/views/format.js';
import { isolated, type Counts } from './counts.js';

/** What the status line says of a mask: connections, density, units without any, parameters since it was saved. */
export function badgeParts({ connections, rows, columns }: Pick<Counts, 'connections' | 'rows' | 'columns'>, savedConnections: number | undefined): string[] {
  const cells = rows.length * columns.length;
  const parts = [`${formatCount(connections)} of ${formatCount(cells)} connected`, `density ${formatNumber(Number(((100 * connections) / cells).toPrecision(3)))} %`];
  const [inputs, outputs] = [isolated(rows), isolated(columns)];
  parts.push(inputs + outputs === 0 ? 'no isolated units' : `isolated: ${[...(inputs > 0 ? [plural(inputs, 'input')] : []), ...(outputs > 0 ? [plural(outputs, 'output')] : [])].join(', ')}`);
  if (savedConnections === undefined) parts.push('in no file yet');
  else parts.push(`${signed(connections - savedConnections)} parameters since saved`);
  return parts;
}

const signed = (value: number): string => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${formatCount(Math.abs(value))}`);
