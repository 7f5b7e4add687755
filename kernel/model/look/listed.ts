/** Units by their names in words, `3` or `dense_1: 3`: the first few, and how many there are. */
export interface Listed {
  readonly count: number;
  readonly first: readonly string[];
}

/** As many units are named as a reader takes in. */
const MAX_LISTED_UNITS = 24;

export function listed<Unit>(units: readonly Unit[], name: (unit: Unit) => string = String): Listed {
  return { count: units.length, first: units.slice(0, MAX_LISTED_UNITS).map(name) };
}
