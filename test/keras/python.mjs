// Which Python has Keras: the one that PATCHBAY_KERAS_PYTHON names, else a virtual environment in .cache/keras, else python3.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export function kerasPython() {
  const ours = path.join(root, '.cache', 'keras', 'bin', 'python');
  const python = process.env.PATCHBAY_KERAS_PYTHON ?? (fs.existsSync(ours) ? ours : 'python3');
  // Keras's backend without a compiler loads parts of JAX.
  const script = 'import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in ("keras", "numpy", "scipy", "jax")))';
  return spawnSync(python, ['-c', script]).status === 0 ? python : undefined;
}

export const WITHOUT_KERAS = 'no Python with Keras here (python3 -m venv .cache/keras && .cache/keras/bin/pip install keras numpy scipy jax)';
