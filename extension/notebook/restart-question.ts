/** What the user is asked. The kernel's reason is whole sentences, which name the price of a restart themselves. */
export function restartQuestion(notebook: string, reason: string | undefined): string {
  if (reason === undefined) return `The cell of ${notebook} has not stopped. Restart the kernel? Its variables will be lost.`;
  return `${notebook}: ${reason}`;
}
