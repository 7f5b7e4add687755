/** The shortest TypeScript that makes a mask. */
import { forEachEdge, nnz, type MaskData } from '../../../../kernel/model/mask-data.js';
import type { Recipe } from '../recipes.js';
import { generatorCode } from './match-recipe.js';

export interface MaskCode {
  /** E.g. `masks.banded(8, 8, { width: 3 })`; of one or several lines. */
  readonly expression: string;
  /** What it needs of the module `patchbay`. */
  readonly imports: 'Mask' | 'masks';
}

/** More code than this is no longer code: such a mask is better loaded from its file. */
const MAX_CODE_CHARS = 100_000;
const MAX_LINE = 100;

/**
 * A generator's call where one makes the mask, else a drawing or a list of edges, whichever is shorter.
 *
 * @param used fills that the mask's history has
 * @returns undefined when it would be longer than `MAX_CODE_CHARS`
 */
export function maskCode(mask: MaskData, used: readonly Recipe[]): MaskCode | undefined {
  const call = generatorCode(mask, used);
  if (call !== undefined) return { expression: call, imports: 'masks' };
  const { inputs, outputs } = mask;
  const drawingLength = inputs * (outputs + 3);
  const edgesLength = `{ shape: [${inputs}, ${outputs}], edges: [] }`.length + nnz(mask) * '[0, 0], '.length;
  if (Math.min(drawingLength, edgesLength) > MAX_CODE_CHARS) return undefined;
  // Both estimates are low: an edge of larger numbers is longer.
  const forms = [...(drawingLength <= MAX_CODE_CHARS ? [drawing(mask)] : []), ...(edgesLength <= MAX_CODE_CHARS ? [edges(mask)] : [])];
  const expression = forms.reduce((best, form) => (form.length < best.length ? form : best));
  return expression.length > MAX_CODE_CHARS ? undefined : { expression, imports: 'Mask' };
}

function drawing(mask: MaskData): string {
  const rows = Array.from({ length: mask.inputs }, () => new Array<string>(mask.outputs).fill('.'));
  forEachEdge(mask, (i, j) => {
    const row = rows[i];
    if (row !== undefined) row[j] = 'X';
  });
  const lines = rows.map((row) => row.join(''));
  return lines.length === 1 ? `Mask.from('${lines[0] ?? ''}')` : `Mask.from(\`\n${lines.map((line) => `  ${line}\n`).join('')}\`)`;
}

function edges(mask: MaskData): string {
  const pairs: string[] = [];
  forEachEdge(mask, (i, j) => pairs.push(`[${i}, ${j}]`));
  const shape = `shape: [${mask.inputs}, ${mask.outputs}]`;
  const short = `Mask.from({ ${shape}, edges: [${pairs.join(', ')}] })`;
  if (short.length <= MAX_LINE) return short;
  return `Mask.from({\n  ${shape},\n  edges: [\n${filledLines(pairs, '    ')}  ],\n})`;
}

/** Pairs one behind the other, as many as a line holds. */
function filledLines(pairs: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const pair of pairs) {
    if (line.length + pair.length + 1 > MAX_LINE) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${pair}, `;
  }
  return [...lines, line.trimEnd()].map((text) => `${text}\n`).join('');
}

/** A variable's name made of a file's, e.g. `hidden-layer.mask.csv` → `hiddenLayer`; `mask` where nothing is left. */
export function variableName(file: string): string {
  const stem = (/[^/\\]*$/.exec(file)?.[0] ?? '').replace(/(\.mask)?\.[^.]*$/i, '');
  const words = stem.split(/[^\p{L}\p{N}_$]+/u).filter((word) => word !== '');
  const name = words.map((word, k) => (k === 0 ? `${word.charAt(0).toLowerCase()}${word.slice(1)}` : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
  if (name === '' || RESERVED.has(name)) return 'mask';
  return /^\p{N}/u.test(name) ? `mask${name}` : name;
}

/** Words that name no variable, and names that the cell imports. */
const RESERVED: ReadonlySet<string> = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof let new null return static super switch this throw true try typeof var void while with yield masks'.split(' '),
);

/** A cell that declares the mask. */
export const cellOf = ({ expression, imports }: MaskCode, name: string): string => `import { ${imports} } from 'patchbay';\n\nconst ${name} = ${expression};`;

/** A cell that loads the mask from its file, for a mask too large to be written down. */
export const loadingCell = (path: string, name: string): string => `import { Mask } from 'patchbay';\n\nconst ${name} = await Mask.load(${JSON.stringify(path)});`;
