/** Cause: a kernel cannot be installed, or not there. Handled by: the message, which says what to do, and exit code 2. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}
