export function tfjsNodeHome(): string | undefined;
export const WITHOUT_TFJS_NODE: string;
