/** JSON that was read from a file: nothing is known of it. */
export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the value, or undefined when it is no list */
export const asList = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

/** The configuration of a layer or model; empty when it has none. */
export const configOf = (described: Json | undefined): Json => (isRecord(described?.['config']) ? described['config'] : {});

export const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
