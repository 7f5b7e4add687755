export function kerasPython(): string | undefined;
export const WITHOUT_KERAS: string;
