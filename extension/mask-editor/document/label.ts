import type { Area, Operation } from './operations.js';
import type { Recipe } from './recipes.js';

/** What VS Code's menu and a screen reader call an edit. */
export function labelOf(operation: Operation): string {
  switch (operation.kind) {
    case 'paint':
      return `${operation.on ? 'Connect' : 'Disconnect'} ${operation.rows.length === 1 ? '1 cell' : `${operation.rows.length} cells`}`;
    case 'rectangle':
      return `${operation.on ? 'Connect' : 'Disconnect'} ${areaInWords(operation.area)}`;
    case 'line':
      return `Toggle ${operation.axis} ${operation.index}`;
    case 'fill':
      return `${recipeInWords(operation.recipe)}${inArea(operation.area)}`;
    case 'invert':
      return `Invert${inArea(operation.area)}`;
    case 'transpose':
      return 'Transpose';
    case 'clear':
      return `Clear${inArea(operation.area)}`;
  }
}

/** `rows 2 to 4, columns 0 to 7` */
export function areaInWords({ top, left, bottom, right }: Area): string {
  const range = (name: string, from: number, to: number): string => (from === to ? `${name} ${from}` : `${name}s ${from} to ${to}`);
  return `${range('row', top, bottom)}, ${range('column', left, right)}`;
}

const inArea = (area: Area | undefined): string => (area === undefined ? '' : ` in ${areaInWords(area)}`);

function recipeInWords(recipe: Recipe): string {
  switch (recipe.generator) {
    case 'dense':
      return 'Connect all';
    case 'empty':
      return 'Clear';
    case 'identity':
      return 'Identity';
    case 'diagonal':
      return `Diagonal ${recipe.offset}`;
    case 'banded':
      return `Band of width ${recipe.width}`;
    case 'triangular':
      return `${recipe.lower ? 'Lower' : 'Upper'} triangle`;
    case 'block':
      return recipe.blocks === 1 ? '1 block' : `${recipe.blocks} blocks`;
    case 'butterfly':
      return `Butterfly, stage ${recipe.stage}`;
    case 'random':
      return `Random ${Number((100 * recipe.density).toPrecision(3))} %, seed ${recipe.seed}`;
    case 'fixedFanOut':
      return `${recipe.fanOut} per row, seed ${recipe.seed}`;
    case 'fixedFanIn':
      return `${recipe.fanIn} per column, seed ${recipe.seed}`;
  }
}
