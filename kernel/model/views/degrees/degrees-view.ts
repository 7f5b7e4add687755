/** The view of how connections are spread over units: `application/vnd.patchbay.degrees+json`. */
import { inDegree, outDegree, type MaskData } from '../../mask-data.js';
import { base64Length, decodeUints, encodeUints, widthFor } from '../base64.js';
import type { Shape } from '../connections.js';
import { connectionsKey } from '../connections-key.js';
import { MAX_VIEW_CHARS } from '../media-types.js';
import { PayloadError, readPayload, VIEW_VERSION, type Fields } from '../payload.js';
import type { Problem } from '../problem.js';

/** The degrees of one side of a mask. */
export interface Side {
  readonly units: number;
  /** What a unit could have at most: the units of the other side. */
  readonly most: number;
  /** Degrees that occur, ascending, and how many units have each. */
  readonly degrees: Uint32Array;
  readonly counts: Uint32Array;
  /** Degree by unit; absent where there are more units than a payload holds. */
  readonly byUnit?: Uint32Array;
}

export interface DegreesView extends Shape {
  readonly view: 'degrees';
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  /** The identity of the connections, for views that follow one selection. */
  readonly layer?: string;
  /** Connections per output. */
  readonly inSide: Side;
  /** Connections per input. */
  readonly outSide: Side;
}

export interface DegreesOptions {
  readonly title?: string;
}

interface SideJson {
  readonly degrees: string;
  readonly counts: string;
  readonly distinct: number;
  readonly byUnit?: string;
}

export interface DegreesViewJson extends Shape {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly layer?: string;
  readonly inSide: SideJson;
  readonly outSide: SideJson;
}

const MAX_DISTINCT = 1 << 20;

export function degreesView(mask: MaskData, options: DegreesOptions = {}): DegreesView {
  const { inputs, outputs } = mask;
  return {
    view: 'degrees',
    version: VIEW_VERSION,
    ...(options.title !== undefined && { title: options.title }),
    layer: connectionsKey(mask),
    inputs,
    outputs,
    nnz: mask.indices.length,
    inSide: side(inDegree(mask), inputs),
    outSide: side(outDegree(mask), outputs),
  };
}

function side(byUnit: Uint32Array, most: number): Side {
  const counts = new Map<number, number>();
  for (const degree of byUnit) counts.set(degree, (counts.get(degree) ?? 0) + 1);
  const degrees = Uint32Array.from(counts.keys()).sort();
  return { units: byUnit.length, most, degrees, counts: degrees.map((degree) => counts.get(degree) ?? 0), byUnit };
}

/** At most 256 K characters: of very many units only the histogram goes. */
export function encodeDegreesView({ version, title, layer, inputs, outputs, nnz, inSide, outSide }: DegreesView): DegreesViewJson {
  const length = ({ byUnit, units, most }: Side): number => (byUnit ? base64Length(units * widthFor(most)) : 0);
  // Half for each side; the histograms of a side are never longer than its units.
  const fits = (each: Side): boolean => length(each) <= MAX_VIEW_CHARS / 4;
  return {
    version,
    ...(title !== undefined && { title }),
    ...(layer !== undefined && { layer }),
    inputs,
    outputs,
    nnz,
    inSide: encodeSide(inSide, fits(inSide)),
    outSide: encodeSide(outSide, fits(outSide)),
  };
}

const encodeSide = ({ degrees, counts, byUnit }: Side, withUnits: boolean): SideJson => ({
  degrees: encodeUints(degrees),
  counts: encodeUints(counts),
  distinct: degrees.length,
  ...(byUnit && withUnits && { byUnit: encodeUints(byUnit) }),
});

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseDegreesView = (json: unknown): DegreesView | Problem => readPayload('degree histogram', json, decode);

function decode(fields: Fields): DegreesView {
  const title = fields.optionalText('title');
  const layer = fields.optionalText('layer');
  const inputs = fields.count('inputs');
  const outputs = fields.count('outputs');
  const nnz = fields.count('nnz', Number.MAX_SAFE_INTEGER);
  return {
    view: 'degrees',
    version: VIEW_VERSION,
    ...(title !== undefined && { title }),
    ...(layer !== undefined && { layer }),
    inputs,
    outputs,
    nnz,
    inSide: decodeSide(fields.object('inSide'), 'inSide', outputs, inputs, nnz),
    outSide: decodeSide(fields.object('outSide'), 'outSide', inputs, outputs, nnz),
  };
}

function decodeSide(fields: Fields, name: string, units: number, most: number, nnz: number): Side {
  const distinct = fields.count('distinct', Math.min(units, MAX_DISTINCT));
  const degrees = decodeUints(fields.text('degrees'), distinct);
  const counts = decodeUints(fields.text('counts'), distinct);
  if (!degrees || !counts) throw new PayloadError(`"${name}" does not hold ${distinct} degrees and counts`);
  let [sum, edges] = [0, 0];
  degrees.forEach((degree, at) => {
    if (degree > most || (at > 0 && degree <= (degrees[at - 1] ?? 0))) throw new PayloadError(`degree ${degree} of "${name}" is out of order or range`);
    sum += counts[at] ?? 0;
    edges += degree * (counts[at] ?? 0);
  });
  if (sum !== units || edges !== nnz) throw new PayloadError(`"${name}" counts ${sum} units with ${edges} connections, expected ${units} with ${nnz}`);
  if (!fields.has('byUnit')) return { units, most, degrees, counts };
  const byUnit = decodeUints(fields.text('byUnit'), units);
  if (!byUnit) throw new PayloadError(`"byUnit" of "${name}" does not hold ${units} degrees`);
  return { units, most, degrees, counts, byUnit };
}
