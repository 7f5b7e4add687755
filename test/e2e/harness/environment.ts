/** What the set-up hands to the tests. */
import { inject } from 'vitest';

export interface E2eEnvironment {
  /** The project's folder. */
  readonly root: string;
  readonly browser: { readonly path: string; readonly env: Readonly<Record<string, string>> };
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly e2e: E2eEnvironment;
  }
}

export const environment = (): E2eEnvironment => inject('e2e');
