import type { Definition, Location } from '../../../protocol/language.js';
import type { LanguageContext, Place } from './context.js';
import { localPlaces, sessionNameAt } from './session-name.js';

export function definition(context: LanguageContext, place: Place): Definition | undefined {
  const found = context.service.getDefinitionAndBoundSpan(place.file, place.offset);
  const origin = found && context.rangeIn(place.cell, found.textSpan);
  if (found?.definitions === undefined || origin === undefined) return undefined;
  const targets = found.definitions.flatMap(({ fileName, textSpan, name }) => {
    const location = context.location(fileName, textSpan) ?? ownerOf(context, fileName, name);
    return location === undefined ? [] : [location];
  });
  return targets.length === 0 ? undefined : { origin, targets: distinct(targets) };
}

/** A `let` of another cell is declared again in the generated line: the user means the cell's own. */
function ownerOf(context: LanguageContext, file: string, name: string): Location | undefined {
  const link = context.host.cellOf(file)?.cell.links.get(name);
  const owner = link === undefined ? undefined : context.cellAt(link.owner);
  const declared = owner?.source.names.declared.get(name);
  if (owner === undefined || declared === undefined) return undefined;
  return context.cellRange(owner, { start: owner.prefix.length + declared.start, length: declared.end - declared.start });
}

/** All uses of what stands at the place, its declaration included: in cells, and in files that they import. */
export function references(context: LanguageContext, place: Place): Location[] {
  const shared = sessionNameAt(context, place);
  const places = shared === undefined ? [place] : localPlaces(context, shared);
  const found = places.flatMap(({ file, offset }) => context.service.getReferencesAtPosition(file, offset) ?? []);
  return distinct(found.flatMap(({ fileName, textSpan }) => context.location(fileName, textSpan) ?? []));
}

export function distinct(locations: readonly Location[]): Location[] {
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}
