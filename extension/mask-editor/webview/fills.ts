/** The fills of the toolbar: what they ask for, and what they make of the answers. */
import type { Recipe } from '../document/recipes.js';
import type { IconName } from './icons.js';

export interface FillField {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max?: number;
  /** `any` for numbers that are not whole. */
  readonly step?: string;
}

export interface Fill {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly icon: IconName;
  readonly fields: readonly FillField[];
  recipe(values: Readonly<Record<string, number>>): Recipe;
}

const SEED: FillField = { name: 'seed', label: 'Seed', value: 1 };
const at = (values: Readonly<Record<string, number>>, name: string): number => values[name] ?? NaN;

export const FILLS: readonly Fill[] = [
  { id: 'band', label: 'Band', title: 'Fill with a band around the diagonal', icon: 'band', fields: [{ name: 'width', label: 'Width', value: 3, min: 1 }], recipe: (values) => ({ generator: 'banded', width: at(values, 'width') }) },
  { id: 'blocks', label: 'Blocks', title: 'Fill with blocks on the diagonal', icon: 'blocks', fields: [{ name: 'blocks', label: 'Blocks', value: 2, min: 1 }], recipe: (values) => ({ generator: 'block', blocks: at(values, 'blocks') }) },
  {
    id: 'random',
    label: 'Random',
    title: 'Fill at random, with a seed',
    icon: 'random',
    fields: [{ name: 'density', label: 'Density', value: 0.2, min: 0, max: 1, step: 'any' }, SEED],
    recipe: (values) => ({ generator: 'random', density: at(values, 'density'), seed: at(values, 'seed') }),
  },
  { id: 'per-row', label: 'Per Row', title: 'Fill each row with as many connections, at random', icon: 'perRow', fields: [{ name: 'count', label: 'Connections per row', value: 2, min: 0 }, SEED], recipe: (values) => ({ generator: 'fixedFanOut', fanOut: at(values, 'count'), seed: at(values, 'seed') }) },
  { id: 'per-column', label: 'Per Column', title: 'Fill each column with as many connections, at random', icon: 'perColumn', fields: [{ name: 'count', label: 'Connections per column', value: 2, min: 0 }, SEED], recipe: (values) => ({ generator: 'fixedFanIn', fanIn: at(values, 'count'), seed: at(values, 'seed') }) },
];
