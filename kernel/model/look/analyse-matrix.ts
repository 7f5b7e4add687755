/** What the wiring of one layer does to its units, counted. */
import { inDegree, nnz, outDegree, type MaskData } from '../mask-data.js';
import { degreeBins, type DegreeBin } from './degree-bins.js';
import { listed, type Listed } from './listed.js';

export interface DegreeReport {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Ascending, without gaps; the units of all bins together are all units. */
  readonly bins: readonly DegreeBin[];
}

export interface MatrixAnalysis {
  readonly inputs: number;
  readonly outputs: number;
  readonly nnz: number;
  /** Inputs that are connected to no output. */
  readonly deadInputs: Listed;
  /** Outputs that no input is connected to. */
  readonly unreachableOutputs: Listed;
  /** Connections of each output. */
  readonly inDegree: DegreeReport;
  /** Connections of each input. */
  readonly outDegree: DegreeReport;
}

export function analyseMatrix(mask: MaskData): MatrixAnalysis {
  const into = inDegree(mask);
  const out = outDegree(mask);
  return {
    inputs: mask.inputs,
    outputs: mask.outputs,
    nnz: nnz(mask),
    deadInputs: listed(zeros(out)),
    unreachableOutputs: listed(zeros(into)),
    inDegree: degreeReport(into),
    outDegree: degreeReport(out),
  };
}

function degreeReport(degrees: Uint32Array): DegreeReport {
  const sorted = degrees.slice().sort();
  const at = (index: number): number => sorted[index] ?? 0;
  // The lower of two middle values, so it is a degree that occurs.
  return { min: at(0), median: at(Math.floor((sorted.length - 1) / 2)), max: at(sorted.length - 1), bins: degreeBins(degrees) };
}

function zeros(degrees: Uint32Array): number[] {
  const found: number[] = [];
  degrees.forEach((degree, unit) => {
    if (degree === 0) found.push(unit);
  });
  return found;
}
