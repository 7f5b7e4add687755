import type { CommandContext } from './context.js';

/** `Patchbay: Show Kernel Log` */
export function showLog({ log }: CommandContext): void {
  log.show();
}
