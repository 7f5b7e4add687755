// Which Python has Jupyter: the one that PATCHBAY_JUPYTER_PYTHON names, else a virtual environment in .cache/jupyter, else python3.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

export function jupyterPython() {
  const ours = path.join(root, '.cache', 'jupyter', 'bin', 'python');
  const python = process.env.PATCHBAY_JUPYTER_PYTHON ?? (fs.existsSync(ours) ? ours : 'python3');
  const script = 'import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in ("jupyter_client", "jupyter_kernel_test", "nbclient", "nbconvert")))';
  return spawnSync(python, ['-c', script]).status === 0 ? python : undefined;
}

export const WITHOUT_JUPYTER = 'no Python with Jupyter here (python3 -m venv .cache/jupyter && .cache/jupyter/bin/pip install jupyter_client jupyter_kernel_test nbclient nbconvert)';
