/**
 * What becomes of names and of `import` inside expressions:
 *
 *   performance, {performance}      performance$pb, {performance: performance$pb}      when the session keeps it so
 *   import(x), import.meta          $pb.import(x), $pb.meta
 */
import { reachesTop } from '../scan/scope.js';
import { globalName, type CellContext } from './context.js';

export function renameReferences(context: CellContext): void {
  if (context.renamed.size === 0) return;
  for (const { name, start, end, scope, form } of context.scan.references) {
    if (!context.renamed.has(name) || !reachesTop(name, scope)) continue;
    const global = globalName(context, name);
    if (form === 'shorthand') context.edits.insert(end, `: ${global}`, 'inner');
    else context.edits.replace(start, end, global);
  }
}

export function redirectImports({ scan, edits, frame }: CellContext): void {
  for (const start of scan.dynamicImports) edits.insert(start, `${frame}.`, 'inner');
  for (const start of scan.importMetas) edits.replace(start, start + 'import'.length, frame);
}
