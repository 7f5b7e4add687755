import type { Place } from '../../../kernel/model/views/matrix/camera.js';
import type { View } from './drawn.js';

/** `3, 17`, or names of units; a sentence when it is neither. */
export function readPlace(text: string, { inputs, outputs, names }: View): Place | string {
  const [first = '', second = ''] = text.split(/[,;→\s]+/).filter((part) => part !== '');
  const row = unitOf(first, inputs, names.inputs);
  const column = unitOf(second, outputs, names.outputs);
  if (row === undefined || column === undefined) return `Two numbers: an input from 0 to ${inputs - 1}, an output from 0 to ${outputs - 1}`;
  return { row, column };
}

function unitOf(text: string, units: number, names: readonly string[] | undefined): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named;
  const value = Number(text);
  return /^\d+$/.test(text) && value < units ? value : undefined;
}
