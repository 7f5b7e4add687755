/** Whatever comes over the channel is looked at before it is used: an unknown message, or one of another version, is undefined. */
import type { Area, Operation } from '../document/operations.js';
import type { Recipe } from '../document/recipes.js';
import type { Badge, Change, FromPage, ToPage } from './messages.js';
import type { WireMatrix } from './wire-matrix.js';

type Fields = Readonly<Record<string, unknown>>;

// SAFETY: an object that is not null has string keys; the values stay unknown.
const fieldsOf = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null ? (value as Fields) : undefined);
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isNumbers = (value: unknown): value is Uint32Array => value instanceof Uint32Array;

export function parseFromPage(value: unknown): FromPage | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['type']) {
    case 'ready':
    case 'copyCode':
    case 'insertCell':
    case 'openOtherwise':
      return { type: fields['type'] };
    case 'edit': {
      const operation = parseOperation(fields['operation']);
      return operation && { type: 'edit', operation };
    }
    default:
      return undefined;
  }
}

export function parseToPage(value: unknown): ToPage | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const badge = parseBadge(fields['badge']);
  const { name, text, why, problem, isText, changes } = fields;
  switch (fields['type']) {
    case 'open': {
      const matrix = parseMatrix(fields['matrix']);
      return matrix && badge && typeof name === 'string' ? { type: 'open', name, matrix, badge } : undefined;
    }
    case 'change': {
      if (!badge || typeof why !== 'string' || !Array.isArray(changes)) return undefined;
      const parsed = changes.map(parseChange);
      return parsed.every((change) => change !== undefined) ? { type: 'change', changes: parsed, badge, why } : undefined;
    }
    case 'badge':
      return badge && { type: 'badge', badge };
    case 'say':
      return typeof text === 'string' ? { type: 'say', text } : undefined;
    case 'refused':
      return typeof problem === 'string' && typeof isText === 'boolean' ? { type: 'refused', problem, isText } : undefined;
    default:
      return undefined;
  }
}

function parseBadge(value: unknown): Badge | undefined {
  const fields = fieldsOf(value);
  const savedConnections = fields?.['savedConnections'];
  if (typeof fields?.['isDirty'] !== 'boolean' || !(savedConnections === undefined || isCount(savedConnections))) return undefined;
  return { savedConnections, isDirty: fields['isDirty'] };
}

function parseMatrix(value: unknown): WireMatrix | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const { form, inputs, outputs, indptr, indices, words } = fields;
  if (!isCount(inputs) || !isCount(outputs)) return undefined;
  if (form === 'bits') return isNumbers(words) ? { form, inputs, outputs, words } : undefined;
  return form === 'csr' && isNumbers(indptr) && isNumbers(indices) ? { form, inputs, outputs, indptr, indices } : undefined;
}

function parseChange(value: unknown): Change | undefined {
  const fields = fieldsOf(value);
  switch (fields?.['kind']) {
    case 'flips': {
      const { at, bits } = fields;
      return isNumbers(at) && isNumbers(bits) && at.length === bits.length ? { kind: 'flips', at, bits } : undefined;
    }
    case 'invert':
    case 'transpose':
      return { kind: fields['kind'] };
    case 'replace': {
      const matrix = parseMatrix(fields['matrix']);
      return matrix && { kind: 'replace', matrix };
    }
    default:
      return undefined;
  }
}

function parseOperation(value: unknown): Operation | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const { kind, on, rows, columns, axis, index } = fields;
  const area = parseArea(fields['area']);
  if (fields['area'] !== undefined && area === undefined) return undefined;
  const where = area && { area };
  switch (kind) {
    case 'paint':
      return typeof on === 'boolean' && isNumbers(rows) && isNumbers(columns) ? { kind, on, rows, columns } : undefined;
    case 'rectangle':
      return typeof on === 'boolean' && area ? { kind, on, area } : undefined;
    case 'line':
      return (axis === 'row' || axis === 'column') && isCount(index) ? { kind, axis, index } : undefined;
    case 'fill': {
      const recipe = parseRecipe(fields['recipe']);
      return recipe && { kind, recipe, ...where };
    }
    case 'invert':
    case 'clear':
      return { kind, ...where };
    case 'transpose':
      return { kind };
    default:
      return undefined;
  }
}

function parseArea(value: unknown): Area | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const { top, left, bottom, right } = fields;
  return isCount(top) && isCount(left) && isCount(bottom) && isCount(right) ? { top, left, bottom, right } : undefined;
}

/** The fills of the toolbar; whether their numbers suit the mask is for the extension to say. */
function parseRecipe(value: unknown): Recipe | undefined {
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const { generator, width, blocks, density, fanOut, fanIn, seed } = fields;
  const isNumber = (number: unknown): number is number => typeof number === 'number';
  switch (generator) {
    case 'dense':
    case 'empty':
    case 'identity':
      return { generator };
    case 'banded':
      return isNumber(width) ? { generator, width } : undefined;
    case 'block':
      return isNumber(blocks) ? { generator, blocks } : undefined;
    case 'random':
      return isNumber(density) && isNumber(seed) ? { generator, density, seed } : undefined;
    case 'fixedFanOut':
      return isNumber(fanOut) && isNumber(seed) ? { generator, fanOut, seed } : undefined;
    case 'fixedFanIn':
      return isNumber(fanIn) && isNumber(seed) ? { generator, fanIn, seed } : undefined;
    default:
      return undefined;
  }
}
