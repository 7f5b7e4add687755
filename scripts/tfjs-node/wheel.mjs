// TensorFlow's C library and the headers of its interface, out of its Python wheel.
import fs from 'node:fs/promises';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { TENSORFLOW_WHEEL } from '../tools/packages.mjs';

/** In the order in which the linker wants them. */
export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** The C interface and what it includes. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tensorflow/tsl/', 'tsl/', 'xla/tsl/'];

/** Python is there for pip anyway, and its zipfile reads members of a quarter of a gigabyte as streams. */
const EXTRACT = `
import os, shutil, sys, zipfile
wheel, libraries, includes, names, prefixes = sys.argv[1:]
root = 'tensorflow/include/'
with zipfile.ZipFile(wheel) as archive:
    for member in archive.namelist():
        if member in ['tensorflow/' + name for name in names.split()]:
            target = os.path.join(libraries, os.path.basename(member))
        elif member.endswith('.h') and member.startswith(tuple(root + prefix for prefix in prefixes.split())):
            target = os.path.join(includes, member[len(root):])
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(member) as source, open(target, 'wb') as file:
            shutil.copyfileobj(source, file, 1 << 20)
`;

/** Fetches the pinned wheel with the user's own pip and its settings; pip refuses another sha256. Resolves to the file. */
async function download(into) {
  const { name, version, sha256 } = TENSORFLOW_WHEEL;
  const requirements = path.join(into, 'requirements.txt');
  await fs.writeFile(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const target = ['--only-binary=:all:', '--implementation', 'cp', '--python-version', '3.11', '--platform', 'manylinux2014_x86_64'];
  await run('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-cache-dir', '--require-hashes', ...target, '--dest', into, '-r', requirements]);
  const wheel = (await fs.readdir(into)).find((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip download ${name}==${version} left no wheel`);
  return path.join(into, wheel);
}

/** Fills `libraries` and `includes`; what is in between goes into `temporary`. */
export async function fetchTensorFlow(temporary, { libraries, includes }) {
  await Promise.all([libraries, includes].map((folder) => fs.mkdir(folder, { recursive: true })));
  const wheel = await download(temporary);
  await run('python3', ['-c', EXTRACT, wheel, libraries, includes, LIBRARIES.join(' '), HEADERS.join(' ')]);
  await fs.rm(wheel);
  const files = LIBRARIES.map((name) => path.join(libraries, name));
  await run('strip', ['--strip-unneeded', ...files]);
}
