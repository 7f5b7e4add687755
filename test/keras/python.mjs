// Which Python has Keras: the one that an environment variable names, else a virtual environment in .cache, else python3.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

function pythonWith(named, folder, modules) {
  const ours = path.join(root, '.cache', folder, 'bin', 'python');
  const python = named ?? (fs.existsSync(ours) ? ours : 'python3');
  const script = `import importlib.util as u, sys; sys.exit(any(u.find_spec(name) is None for name in ${JSON.stringify(modules)}))`;
  return spawnSync(python, ['-c', script]).status === 0 ? python : undefined;
}

/** Keras 3; its backend without a compiler loads parts of JAX. */
export const kerasPython = () => pythonWith(process.env.PATCHBAY_KERAS_PYTHON, 'keras', ['keras', 'numpy', 'scipy', 'jax']);

/** Keras 2, which is called tf_keras today. */
export const keras2Python = () => pythonWith(process.env.PATCHBAY_KERAS2_PYTHON, 'keras2', ['tf_keras', 'tensorflow']);

export const WITHOUT_KERAS = 'no Python with Keras here (python3 -m venv .cache/keras && .cache/keras/bin/pip install keras numpy scipy jax)';
export const WITHOUT_KERAS_2 = 'no Python with Keras 2 here (python3 -m venv .cache/keras2 && .cache/keras2/bin/pip install tf_keras tensorflow-cpu)';
