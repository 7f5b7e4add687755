import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import { BUNDLED } from './bundled-types.js';

/** TypeScript's text as the user would write it: no files of ours, no word of how names come into a cell. */
export function clean(text: string): string {
  return text
    .replaceAll(/import\("[^"]*\/__patchbay_\w+"\)\./g, '')
    .replaceAll(/"[^"]*\/__patchbay_\w+"/g, '"cell"')
    .replaceAll(BUNDLED_MODULE, (_, name: string) => `"${name.replace(/^patchbay\/.*/, 'patchbay')}"`)
    .replaceAll(/__pb\$(?:now\$)?([\p{ID_Continue}$]+)/gu, '$1');
}

const BUNDLED_MODULE = new RegExp(`"${BUNDLED}/((?:@[^/"]+/)?[^/"]+)[^"]*"`, 'g');

/** The signature of a symbol. That a name came by an import is not said: cells see each other's names. */
export function signature(ts: TypeScript, parts: readonly TS.SymbolDisplayPart[] | undefined): string {
  const text = clean(ts.displayPartsToString([...(parts ?? [])]));
  if (!text.startsWith('(alias) ')) return text;
  // A name may stand for several things, a line each.
  const own = text.replaceAll(/^\(alias\) /gm, '').replace(/\n?(?:import|export) [\p{ID_Continue}$]+(?: = [^\n]*)?$/u, '');
  // Of a call by an alias TypeScript leaves the keyword out.
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*[<(]/u.test(own) ? `function ${own}` : own;
}

/** Markdown of a doc comment and its tags. */
export function documentation(ts: TypeScript, parts: readonly TS.SymbolDisplayPart[] | undefined, tags: readonly TS.JSDocTagInfo[] | undefined): string {
  const text = ts.displayPartsToString([...(parts ?? [])]).trim();
  const lines = (tags ?? []).map((tag) => tagText(ts, tag));
  return [text, ...lines].filter((line) => line !== '').join('\n\n');
}

function tagText(ts: TypeScript, { name, text }: TS.JSDocTagInfo): string {
  const said = ts.displayPartsToString([...(text ?? [])]).trim();
  if (name === 'example') return said === '' ? '' : `*@example*\n${said.includes('```') ? said : `\`\`\`ts\n${said}\n\`\`\``}`;
  const [, subject, rest] = (name === 'param' || name === 'template') ? (/^(\S+)\s*(?:- ?)?([\s\S]*)$/.exec(said) ?? []) : [];
  if (subject !== undefined) return `*@${name}* \`${subject}\`${rest === '' ? '' : ` — ${rest}`}`;
  return said === '' ? `*@${name}*` : `*@${name}* — ${said}`;
}
