/** Takes the masks out of a model's topology, each once, and puts them back: layers that share a mask share its entry. */
import { asList, isRecord, type Json } from '../record.js';
import { packMask, unpackMask, type PackedMask } from './packed-mask.js';

/** What stands in the topology where a mask was: `indptr` and `indices` of that entry; other members stay. */
const REFERENCE = 'packedMask';

export function takeMasksOut(topology: unknown): { topology: unknown; masks: PackedMask[] } {
  const masks: PackedMask[] = [];
  const places = new Map<string, number>();
  const taken = replace(topology, (record) => {
    const { indptr, indices, ...rest } = record;
    const packed = isNumbers(indptr) && isNumbers(indices) ? packMask({ indptr, indices }) : undefined;
    if (!packed) return undefined;
    const key = JSON.stringify(packed);
    const place = places.get(key) ?? masks.push(packed) - 1;
    places.set(key, place);
    return { ...rest, [REFERENCE]: place };
  });
  return { topology: taken, masks };
}

/** @throws Error that says which mask is missing or damaged */
export function putMasksBack(topology: unknown, masks: readonly unknown[]): unknown {
  return replace(topology, ({ [REFERENCE]: place, ...rest }) => {
    if (typeof place !== 'number') return undefined;
    const packed = masks[place];
    if (!isPackedMask(packed)) throw new Error(`a layer refers to mask ${place}, which is not there (${masks.length} are)`);
    return { ...rest, ...unpackMask(packed) };
  });
}

/** The JSON value with every object replaced for which `change` has something else. */
function replace(value: unknown, change: (record: Json) => Json | undefined): unknown {
  const list = asList(value);
  // Lists of numbers are long and hold no mask.
  if (list) return typeof list[0] === 'number' ? list : list.map((entry) => replace(entry, change));
  if (!isRecord(value)) return value;
  return change(value) ?? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replace(entry, change)]));
}

const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every((entry) => typeof entry === 'number');

const isPackedMask = (value: unknown): value is PackedMask & Json =>
  isRecord(value) && ['rows', 'columns', 'connections'].every((name) => typeof value[name] === 'number') && typeof value['gaps'] === 'string';
