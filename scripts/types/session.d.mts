/**
 * What the kernel gives to every cell beside Node's own globals.
 */
declare global {
  /**
   * Asks the user for a line of text, and waits for it.
   *
   * @param message what the user reads
   * @param fallback what comes back for an empty line
   * @throws Error when the client cannot ask
   */
  function prompt(message?: string, fallback?: string): string;
}

export {};
