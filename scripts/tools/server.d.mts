export function serverCommand(): { readonly node: string; readonly root: string };
export function serverArguments(home: string): string[];
export const SERVER_SETTINGS: Readonly<Record<string, unknown>>;
export function serverEnvironment(home: string, env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export const LISTENING: RegExp;
