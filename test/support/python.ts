/** Python programs as oracles, where the machine has them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { kerasPython } from '../keras/python.mjs';

/** The first Python that imports all of these modules, or why there is none. */
export function findPython(...modules: string[]): { readonly python: string } | { readonly missing: string } {
  // The one that has Keras has NumPy and SciPy as well.
  const keras = kerasPython();
  for (const python of ['python3', 'python', ...(keras === undefined ? [] : [keras])]) {
    if (spawnSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore', timeout: 60_000 }).status === 0) return { python };
  }
  return { missing: `no Python here imports ${modules.join(' and ')}: python3 -m pip install ${modules.join(' ')}` };
}

/** What a program prints, as JSON. Throws with its error output when it fails. */
export function runPython(python: string, program: string, ...args: string[]): unknown {
  return JSON.parse(execFileSync(python, ['-c', program, ...args], { encoding: 'utf8', timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] }));
}
