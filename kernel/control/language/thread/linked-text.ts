/**
 * How a cell becomes a file that TypeScript understands: a module of its own, whose first line, written by us, exports what the
 * cell declares and imports what it uses of other cells.
 *
 *     export{b};import{a$0 as a}from"#patchbay";
 *     const b = a + 1;
 *
 * `#patchbay` is the notebook's one scope module. It exports each cell's names under `<name>$<slot>`, so that no cell's list of
 * modules changes while names come and go: TypeScript then keeps its program and checks anew only what depends on the edit.
 * A name that two cells declare is two exports, hence redeclaration with any other type. A cell that does not parse spoils
 * no other.
 *
 * An import cannot be assigned to, so `let` and `var` of other cells are declared again, with the type they have there. What
 * code of the cells between has assigned is not null takes null out of it:
 *
 *     let model:typeof __pb$model=null!as __pb$Now<typeof __pb$model,typeof __pb$now$model>;
 */
import type { CellNames } from './cell-names.js';

/** Every name that we add to a cell's file begins so. */
export const GENERATED = '__pb$';
export const SCOPE_MODULE = '#patchbay';

export interface Link {
  /** The cell that declares the name. */
  readonly owner: number;
  /** For `let` and `var`: the cell that gave it its newest value. */
  readonly assignedIn?: number;
}

export const isReassignable = (kind: string | undefined): boolean => kind === 'let' || kind === 'var';

/** The line before the cell. `isClassicJsx`: JSX is calls of `React.createElement`. */
export function prefixOf(names: CellNames, links: ReadonlyMap<string, Link>, isClassicJsx = false): string {
  const own = [...names.declared.keys()].filter((name) => !names.exported.has(name));
  const imports: string[] = [];
  const variables: string[] = [];
  for (const [name, { owner, assignedIn }] of links) {
    if (assignedIn === undefined) {
      imports.push(`${name}$${owner} as ${name}`);
      continue;
    }
    imports.push(`${name}$${owner} as ${GENERATED}${name}`, `${GENERATED}now$${name}$${assignedIn} as ${GENERATED}now$${name}`);
    variables.push(`let ${name}:typeof ${GENERATED}${name}=null!as ${GENERATED}Now<typeof ${GENERATED}${name},typeof ${GENERATED}now$${name}>;`);
  }
  if (variables.length > 0) imports.push(`${GENERATED}Now`);
  return `${isClassicJsx ? '/** @jsxRuntime classic */' : ''}export{${own.join(',')}};import{${imports.join(',')}}from"${SCOPE_MODULE}";${variables.join('')}\n`;
}

/** Names whose value at the end of the cell later cells ask about. */
export function settledNames(names: CellNames, links: ReadonlyMap<string, Link>): readonly string[] {
  const own = [...names.declared].filter(([, { kind }]) => isReassignable(kind)).map(([name]) => name);
  return [...own, ...[...names.assigned].filter((name) => links.get(name)?.assignedIn !== undefined)];
}

/** The lines after the cell. */
export function suffixOf(settled: readonly string[]): string {
  return settled.length === 0 ? '' : `\n;${settled.map((name) => `export const ${GENERATED}now$${name}=${name};`).join('')}\n`;
}

/** The scope module. `cells`: for every slot what its cell exports, in the order of the slots. */
export function scopeText(cells: readonly { readonly names: readonly string[]; readonly settled: readonly string[] }[]): string {
  const lines = cells.map(({ names, settled }, slot) => {
    const all = [...names, ...settled.map((name) => `${GENERATED}now$${name}`)];
    return `export{${all.map((name) => `${name} as ${name}$${slot}`).join(',')}}from"${SCOPE_MODULE}/${slot}";`;
  });
  return `export type ${GENERATED}Now<D,N>=Exclude<D,Exclude<null|undefined,N>>;\n${lines.join('\n')}\n`;
}
