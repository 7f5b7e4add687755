/** Which variant computes a product: the cheapest by the cost model among those that fit. Pure. */
import { rateName, type Rates } from './rates.js';
import { densePlaces, VARIANTS, variantNamed, type ProductOperation, type ProductShape, type Variant } from './variants.js';

export interface Estimate {
  readonly variant: string;
  /** What the cost model expects; absent when the variant does not fit. */
  readonly milliseconds?: number;
  /** Why it does not fit. */
  readonly unfit?: string;
}

export interface Choice {
  readonly variant: Variant;
  /** One sentence. */
  readonly reason: string;
  /** All variants, those that fit first, the cheapest at the head. */
  readonly estimates: readonly Estimate[];
}

/** A wide tile must promise this share of the plain one's time: measurements are noisy, and where it does not pay it costs more. */
const WIDE_MUST_PROMISE = 0.92;
/** Nanoseconds of looking at one value of a source for NaN and infinities. */
const FINITE_CHECK = 0.1;
/** Every batch of 16 and more has a panel of it. */
const PLAIN_TILE = 16;
/** Nanoseconds of beginning and ending a target, once per panel. */
const TARGET = 2;

function placesOf({ layout }: Variant, shape: ProductShape): number {
  if (layout === 'sparse') return shape.connections;
  return layout === 'groups' ? shape.groupPlaces : densePlaces(shape);
}

/** Nanoseconds. */
export function estimate(variant: Variant, operation: ProductOperation, shape: ProductShape, rates: Rates): number {
  const places = placesOf(variant, shape);
  const rate = rates.kernels[rateName(variant, operation)];
  const plain = rates.kernels[rateName({ ...variant, name: variant.layout === 'sparse' ? 'sparse16' : variant.name }, operation)] ?? rate;
  if (!rate || !plain) throw new Error(`no rate of ${rateName(variant, operation)}`);
  const promised = variant.tile > PLAIN_TILE ? rate.panel / WIDE_MUST_PROMISE : rate.panel;
  const fixed = places * rates.move + (variant.needsFinite(shape) ? shape.sources * shape.batch * FINITE_CHECK : 0);
  if (shape.batch === 1) return fixed + places * rate.single + shape.targets * TARGET;
  const panels = Math.floor(shape.batch / 16);
  // Panels that a wide tile takes at once; those left over go one by one.
  const together = variant.tile === PLAIN_TILE ? 1 : variant.tile === 24 ? 3 : 2;
  const wide = Math.floor(panels / together) * together;
  const narrow = shape.batch % 16 === 0 ? 0 : 1;
  return fixed + places * (wide * promised + (panels - wide) * plain.panel + narrow * rate.narrow) + shape.targets * (panels + narrow) * TARGET;
}

/**
 * @param forced the name of the variant to take, if it fits
 * @throws Error when the forced variant does not exist, does not fit, or does not do this operation
 */
export function choose(operation: ProductOperation, shape: ProductShape, rates: Rates, forced?: string): Choice {
  const estimates: Estimate[] = VARIANTS.filter(({ operations }) => operations.includes(operation)).map((variant) => {
    const unfit = variant.unfit(shape);
    return unfit === undefined ? { variant: variant.name, milliseconds: estimate(variant, operation, shape, rates) / 1e6 } : { variant: variant.name, unfit };
  });
  estimates.sort((a, b) => (a.milliseconds ?? Infinity) - (b.milliseconds ?? Infinity));
  const [best] = estimates;
  const wanted = forced === undefined ? best : estimates.find(({ variant }) => variant === forced);
  if (!wanted) throw new Error(`the kernel variant ${forced ?? ''} does not compute "${operation}"; ${estimates.map(({ variant }) => variant).join(', ')} do`);
  if (wanted.unfit !== undefined) throw new Error(`the kernel variant ${wanted.variant} cannot run here: ${wanted.unfit}`);
  return { variant: variantNamed(wanted.variant), reason: forced === undefined ? reasonOf(estimates, shape) : 'it was forced', estimates };
}

const share = ({ connections, sources, targets }: ProductShape): string => `${((100 * connections) / Math.max(1, sources * targets)).toPrecision(3)} %`;

function reasonOf([best, second]: readonly Estimate[], shape: ProductShape): string {
  const where = `${share(shape)} of ${shape.sources} × ${shape.targets} connected, batch ${shape.batch}`;
  if (!second || second.milliseconds === undefined || best?.milliseconds === undefined) return `it alone fits (${where})`;
  return `about ${best.milliseconds.toPrecision(2)} ms, ${second.variant} ${second.milliseconds.toPrecision(2)} ms (${where})`;
}

/** One line: the variant, why, and what the others would cost. */
export function explainChoice({ variant, reason, estimates }: Choice): string {
  const others = estimates.filter((other) => other.variant !== variant.name);
  const list = others.map((other) => (other.unfit === undefined ? `${other.variant} ${(other.milliseconds ?? 0).toPrecision(2)} ms` : `${other.variant}: ${other.unfit}`));
  return `${variant.name}: ${reason}. Others: ${list.join('; ')}`;
}
