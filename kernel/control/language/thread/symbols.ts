import type TS from 'typescript';
import type { CellSymbol } from '../../../protocol/language.js';
import type { LanguageContext } from './context.js';
import { clean } from './display.js';
import type { Cell } from './notebook.js';

/** What a cell declares, as an outline. */
export function symbols(context: LanguageContext, cell: Cell): CellSymbol[] {
  const { childItems = [] } = context.service.getNavigationTree(context.fileOf(cell));
  return outline(context, cell, childItems);
}

function outline(context: LanguageContext, cell: Cell, items: readonly TS.NavigationTree[]): CellSymbol[] {
  return items.flatMap((item) => {
    const [first] = item.spans;
    const range = first && context.rangeIn(cell, first);
    if (range === undefined || item.kind === context.ts.ScriptElementKind.alias) return [];
    const selectionRange = (item.nameSpan && context.rangeIn(cell, item.nameSpan)) ?? range;
    return [{ name: clean(item.text), kind: item.kind, range, selectionRange, children: outline(context, cell, item.childItems ?? []) }];
  });
}
