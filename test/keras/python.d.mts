export function kerasPython(): string | undefined;
export function keras2Python(): string | undefined;
export const WITHOUT_KERAS: string;
export const WITHOUT_KERAS_2: string;
