/** What `show.mask` draws. */
import type { MaskData } from '../../model/mask-data.js';
import { ArgumentError } from '../argument-error.js';
import { readSource, type MaskSource } from '../mask/sources.js';

/** A Mask. */
export interface HasData {
  readonly data: MaskData;
}

/** A masked layer. */
export interface HasMask {
  readonly mask: HasData;
}

/** @throws ArgumentError when it is none of these, or (from `Mask.from`) when an entry is wrong: it says which */
export function readMask(caller: string, value: unknown): MaskData {
  const isContainer = typeof value === 'object' && value !== null;
  if (isContainer && hasData(value)) return value.data;
  if (isContainer && hasMask(value)) return value.mask.data;
  if (!isContainer && typeof value !== 'string') throw new ArgumentError(caller, value, 'a Mask, a masked layer, or anything that Mask.from takes');
  if ('getWeights' in Object(value)) throw new ArgumentError(caller, value, 'a Mask or a masked layer', 'This layer has no mask: every input is connected to every output. show.kernel draws its weights.');
  return readSource(value);
}

export const hasMask = (value: object): value is HasMask =>
  'mask' in value && typeof value.mask === 'object' && value.mask !== null && hasData(value.mask);

const hasData = (value: object): value is HasData =>
  'data' in value && typeof value.data === 'object' && value.data !== null && 'indptr' in value.data && 'indices' in value.data && 'outputs' in value.data;

export type ShowableMask = HasData | HasMask | MaskSource;
