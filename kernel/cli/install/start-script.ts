/** The script that a kernelspec starts where there is a shell: `exec` costs 1 ms, and a Node that was updated away costs nothing. */

/** Where package managers and version managers keep Nodes, in the order in which they are tried; of several in a row the last. */
const USUAL_PLACES = [
  '"$(command -v node)"',
  '"${NVM_DIR:-$HOME/.nvm}"/versions/node/v[2-9][0-9].*/bin/node',
  '"${FNM_DIR:-$HOME/.local/share/fnm}"/node-versions/v[2-9][0-9].*/installation/bin/node',
  '"$HOME"/.volta/bin/node',
  '/opt/homebrew/bin/node',
  '/usr/local/bin/node',
  '/usr/bin/node',
];

/** @param node the one that is used while it is there */
export function startScript(node: string, flags: readonly string[], kernelFile: string): string {
  const command = `${[...flags, kernelFile].map(quoted).join(' ')} "$@"`;
  return `#!/bin/sh
# Starts Patchbay's kernel for Jupyter. Written by \`patchbay install\`, which writes it anew.
node=${quoted(node)}
[ -x "$node" ] && exec "$node" ${command}
for candidate in ${USUAL_PLACES.toReversed().join(' ')}; do
  [ -x "$candidate" ] && found=$candidate
done
[ -n "$found" ] && exec "$found" ${command}
echo "patchbay: the Node that the kernel was installed with ($node) is gone, and there is no other." >&2
echo "Install Node 20.12 or newer, then run: npx patchbay install" >&2
exit 127
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
