/** What the wiring of a matrix, and of a whole net, does to its units: in words, tables and bars. */
import type { DegreeReport, MatrixAnalysis } from '../../../kernel/model/look/analyse-matrix.js';
import type { Listed } from '../../../kernel/model/look/listed.js';
import type { NetLook, NetReport } from '../../../kernel/model/look/look.js';
import { formatCount, formatPercent, plural } from '../../../kernel/model/views/format.js';
import { make } from '../dom.js';
import { table } from './tables.js';

export function matrixAnalysis(analysis: MatrixAnalysis): HTMLElement[] {
  const { inputs, outputs, nnz, deadInputs, unreachableOutputs, inDegree, outDegree } = analysis;
  const facts = table('Numbers of this matrix', [{ head: 'What' }, { head: 'Value' }], [
    ['Shape', `${plural(inputs, 'input')} × ${plural(outputs, 'output')}`],
    ['Connections', `${formatCount(nnz)} of ${formatCount(inputs * outputs)}`],
    ['Density', formatPercent(nnz, inputs * outputs)],
    ['Inputs of each output', spread(inDegree)],
    ['Outputs of each input', spread(outDegree)],
    ['Dead inputs', list(deadInputs)],
    ['Unreachable outputs', list(unreachableOutputs)],
  ]);
  const histograms = make('div');
  histograms.className = 'histograms';
  histograms.append(histogram('How many inputs the outputs have', 'Inputs', 'Outputs', inDegree), histogram('How many outputs the inputs have', 'Outputs', 'Inputs', outDegree));
  return [make('h2', {}, 'Analysis'), facts, make('h2', {}, 'Degrees'), histograms];
}

export function netAnalysis({ what, report, reportProblem }: NetLook): HTMLElement[] {
  const title = make('h2', {}, `The whole net: ${what}`);
  return report === undefined ? [title, make('p', {}, reportProblem ?? '')] : [title, ...netReport(report)];
}

function netReport({ inputs, outputs, layers, deadInputs, deadUnits, unreachableOutputs }: NetReport): HTMLElement[] {
  const facts = table(`Units that nothing comes from or goes to, of ${plural(inputs, 'input')} and ${plural(outputs, 'output')}`, [{ head: 'What' }, { head: 'Units' }], [
    ['Dead inputs', list(deadInputs)],
    ['Dead hidden units', list(deadUnits)],
    ['Unreachable outputs', list(unreachableOutputs)],
  ]);
  const columns = [{ head: 'Layer' }, ...['Inputs', 'Outputs', 'Connections', 'Density', 'Parameters', 'Dense'].map((head) => ({ head, isNumber: true }))];
  const rows = layers.map((layer) => [layer.name, formatCount(layer.inputs), formatCount(layer.outputs), formatCount(layer.nnz), `${(100 * layer.density).toFixed(1)} %`, formatCount(layer.params), formatCount(layer.denseParams)]);
  const scroll = make('div');
  scroll.className = 'scroll';
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', 'Layers of the net');
  scroll.append(table('Its layers', columns, rows));
  return [facts, scroll];
}

/** `min 0, median 2, max 5` */
const spread = ({ min, median, max }: DegreeReport): string => (min === max ? `${min} each` : `min ${min}, median ${median}, max ${max}`);

/** `none`, `2 (0, 7)`, `100 (0, 1, 2, …)` */
const list = ({ count, first }: Listed): string => (count === 0 ? 'none' : `${formatCount(count)} (${first.join(', ')}${count > first.length ? ', …' : ''})`);

function histogram(caption: string, degree: string, units: string, { bins }: DegreeReport): HTMLElement {
  const most = Math.max(1, ...bins.map((bin) => bin.units));
  const bar = (count: number): HTMLElement => {
    const found = make('span', { width: `${(100 * count) / most}%`, visibility: count === 0 ? 'hidden' : 'visible' });
    found.className = 'count-bar';
    found.setAttribute('aria-hidden', 'true');
    const box = make('div');
    box.className = 'bar-cell';
    box.append(found);
    return box;
  };
  const rows = bins.map(({ from, to, units: count }) => [from === to ? String(from) : `${from} – ${to}`, formatCount(count), bar(count)]);
  return table(caption, [{ head: degree, isNumber: true }, { head: units, isNumber: true }, { head: 'Share' }], rows);
}
