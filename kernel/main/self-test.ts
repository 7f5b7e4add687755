/** The oldest Node that has all that the kernel needs (`vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER`, promise hooks). */
const OLDEST = { major: 20, minor: 12 };

/** Ends the process with a sentence when this Node cannot run a kernel. */
export function selfTest(): void {
  const problem = problemOf(process.versions.node, process.execArgv, process.features);
  if (problem === undefined) return;
  process.stderr.write(`${problem}\n`);
  process.exit(78);
}

/** What is missing, or undefined. Pure, so that tests can ask about other Nodes. */
export function problemOf(version: string, execArgv: readonly string[], features: { readonly inspector?: boolean }): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) return `Patchbay needs Node ${OLDEST.major}.${OLDEST.minor} or newer; this is ${version}.`;
  if (features.inspector !== true) return `This Node ${version} was built without its inspector, which Patchbay needs to interrupt cells.`;
  if (!execArgv.includes('--no-force-async-hooks-checks')) return 'Start the kernel with --no-force-async-hooks-checks: without it, interrupting a timer ends the process.';
  return undefined;
}
