import type { Hover, SignatureHelp } from '../../../protocol/language.js';
import type { LanguageContext, Place } from './context.js';
import { clean, documentation, signature } from './display.js';

export function hover(context: LanguageContext, { cell, file, offset }: Place): Hover | undefined {
  const { ts, service } = context;
  const info = service.getQuickInfoAtPosition(file, offset);
  const range = info && context.rangeIn(cell, info.textSpan);
  if (info === undefined || range === undefined) return undefined;
  const text = signature(ts, info.displayParts);
  // A name that nothing declares has a type all the same, which tells nothing.
  if (text === '' || text === 'any') return undefined;
  const own = documentation(ts, info.documentation, info.tags);
  return { range, signature: text, documentation: clean(own === '' ? documentationOfOwner(context, { cell, file, offset }, info.textSpan.start) : own) };
}

/** A `let` of another cell is declared again in this one, without its doc comment. */
function documentationOfOwner(context: LanguageContext, { cell }: Place, start: number): string {
  const { text } = cell.source;
  const [word = ''] = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(text.slice(start - cell.prefix.length)) ?? [];
  const link = cell.links.get(word);
  const owner = link?.assignedIn === undefined ? undefined : context.cellAt(link.owner);
  const declared = owner?.source.names.declared.get(word);
  if (owner === undefined || declared === undefined) return '';
  const info = context.service.getQuickInfoAtPosition(context.fileOf(owner), owner.prefix.length + declared.start);
  return documentation(context.ts, info?.documentation, info?.tags);
}

export function signatureHelp({ ts, service }: LanguageContext, { file, offset }: Place): SignatureHelp | undefined {
  const help = service.getSignatureHelpItems(file, offset, {});
  if (help === undefined) return undefined;
  const text = (parts: Parameters<typeof ts.displayPartsToString>[0]): string => clean(ts.displayPartsToString(parts));
  const signatures = help.items.map((item) => {
    const separator = text(item.separatorDisplayParts);
    let label = text(item.prefixDisplayParts);
    const parameters = item.parameters.map((parameter, index) => {
      if (index > 0) label += separator;
      const start = label.length;
      label += text(parameter.displayParts);
      return { start, end: label.length, documentation: documentation(ts, parameter.documentation, undefined) };
    });
    label += text(item.suffixDisplayParts);
    const tags = item.tags.filter(({ name }) => name !== 'param');
    return { label, documentation: clean(documentation(ts, item.documentation, tags)), parameters };
  });
  return { signatures, activeSignature: help.selectedItemIndex, activeParameter: help.argumentIndex };
}

