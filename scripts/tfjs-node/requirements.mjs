// What the set-up of tfjs-node needs from the machine.
import { tryRun } from '../lib/run.mjs';

const OLDEST_GLIBC = '2.17';

const PROGRAMS = [
  { what: 'a C++ compiler (g++)', command: ['g++', '--version'], packages: 'g++ (Debian, Ubuntu), gcc-c++ (Fedora)' },
  { what: 'Python 3 (python3)', command: ['python3', '--version'], packages: 'python3' },
  { what: "Python's pip (python3 -m pip)", command: ['python3', '-m', 'pip', '--version'], packages: 'python3-pip' },
  { what: 'strip of the binutils', command: ['strip', '--version'], packages: 'binutils' },
  { what: 'tar', command: ['tar', '--version'], packages: 'tar' },
];

/** Why no library fits this platform, or undefined. `glibc` is its version; undefined where there is none, as on Alpine. */
export function platformProblem({ platform, arch, glibc }) {
  if (platform !== 'linux' || arch !== 'x64') {
    return `the libraries are for Linux on x64, this is ${platform} on ${arch}: try \`npm install @tensorflow/tfjs-node\` in your notebook's folder, which fetches prebuilt ones where there are any`;
  }
  if (glibc === undefined) return 'the libraries need the GNU C library, which this Linux (Alpine?) does not use';
  const [major, minor] = glibc.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_GLIBC.split('.').map(Number);
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) return `the libraries need glibc ${OLDEST_GLIBC} or newer, this is ${glibc}`;
  return undefined;
}

const thisPlatform = () => ({ platform: process.platform, arch: process.arch, glibc: process.report?.getReport().header.glibcVersionRuntime });

/** @throws one error that names everything that is missing */
export async function requireTools(platform = thisPlatform(), env = process.env) {
  const problem = platformProblem(platform);
  if (problem !== undefined) throw new Error(problem);
  const missing = [];
  for (const { what, command: [program, ...args], packages } of PROGRAMS) {
    const ended = await tryRun(program, args, { env }).catch(() => undefined);
    if (ended?.code !== 0) missing.push(`  ${what}: install the package ${packages}`);
  }
  if (missing.length) throw new Error(`this machine lacks what the addon is made with:\n${missing.join('\n')}`);
}
