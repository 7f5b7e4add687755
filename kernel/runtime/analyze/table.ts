/** An analysis in words: a table of layers, and what is dead. */
import type { Report } from './report.js';

const HEADINGS = ['layer', 'inputs', 'outputs', 'connections', 'density', 'params', 'dense params', 'FLOPs', 'dense FLOPs'] as const;
const MAX_LISTED = 12;

export function tableAsText(analysis: Report): string {
  const rows = [[...HEADINGS], ...cells(analysis)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
  return [...lines, ...findings(analysis)].join('\n');
}

/** No style of its own: a notebook's theme has one for tables. */
export function tableAsHtml(analysis: Report): string {
  const row = (tag: 'td' | 'th', list: readonly string[]): string => `<tr>${list.map((cell, column) => `<${column === 0 ? 'th' : tag} style="text-align:${column === 0 ? 'left' : 'right'}">${escaped(cell)}</${column === 0 ? 'th' : tag}>`).join('')}</tr>`;
  const body = cells(analysis).map((list) => row('td', list)).join('');
  const notes = findings(analysis).map((line) => `<div>${escaped(line)}</div>`).join('');
  return `<table><thead>${row('th', HEADINGS)}</thead><tbody>${body}</tbody></table>${notes}`;
}

function cells({ layers, total, inputs, outputs }: Report): string[][] {
  const rows = layers.map((layer) => line(layer.name, layer.inputs, layer.outputs, layer));
  return layers.length === 1 ? rows : [...rows, line('all', inputs, outputs, total)];
}

function line(name: string, inputs: number, outputs: number, { nnz, params, denseParams, flops, denseFlops }: Report['total']): string[] {
  return [name, number(inputs), number(outputs), number(nnz), percent(flops / denseFlops), number(params), number(denseParams), number(flops), number(denseFlops)];
}

/** `66.7 %`; below that as many digits as say something. */
function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 0.1 || value === 0 ? value.toFixed(1) : Number(value.toPrecision(1))} %`;
}

const number = (value: number): string => value.toLocaleString('en-US');

/** By name: which inputs, units and outputs are dead. */
function findings({ deadInputs, deadUnits, unreachableOutputs, layers }: Report): string[] {
  const byLayer = layers.flatMap(({ name }, layer) => {
    const units = deadUnits.filter((dead) => dead.layer === layer).map(({ unit }) => unit);
    return units.length === 0 ? [] : [`${name}: ${listed(units)}`];
  });
  return [
    ...(deadInputs.length > 0 ? [`Inputs that reach no output: ${listed(deadInputs)}`] : []),
    ...(byLayer.length > 0 ? [`Hidden units that no input reaches, or that reach no output: ${byLayer.join('; ')}`] : []),
    ...(unreachableOutputs.length > 0 ? [`Outputs that no input reaches: ${listed(unreachableOutputs)}`] : []),
    ...(deadInputs.length + deadUnits.length + unreachableOutputs.length === 0 ? ['Every input reaches an output, every output is reached, and no unit is dead.'] : []),
  ];
}

function listed(indices: readonly number[]): string {
  const shown = indices.slice(0, MAX_LISTED).join(', ');
  return indices.length > MAX_LISTED ? `${shown}… (${number(indices.length)} in all)` : shown;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
