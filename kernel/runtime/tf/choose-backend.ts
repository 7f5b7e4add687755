/** Which backend computes: tfjs-node where it loads and sums, else wasm, else cpu; or the one that PATCHBAY_BACKEND names. */
import '@tensorflow/tfjs-backend-wasm';
import { ArgumentError } from '../argument-error.js';
import { cpuBackend } from './backends.js';
import { fillKernels } from './cpu-fallback.js';
import { startWasm } from './start-wasm.js';
import type { Environment } from './native-folders.js';
import { tf } from './tfjs.js';
import { loadTfjsNode } from './tfjs-node.js';

/** Fastest first: the order in which they are tried. */
const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

let sentence = '';

/** `tfjs 4.22.0 on the wasm backend (SIMD)`: the choice that was made when the module was loaded, and why not a faster one. */
export const backendSentence = (): string => sentence;

/** What PATCHBAY_BACKEND says, or undefined. @throws ArgumentError on a name that is none */
export function askedBackend(env: Environment = process.env): BackendName | undefined {
  const asked = env['PATCHBAY_BACKEND'];
  if (!asked) return undefined;
  const name = BACKENDS.find((backend) => backend === asked);
  if (name === undefined) throw new ArgumentError('the environment variable PATCHBAY_BACKEND', asked, `one of ${BACKENDS.join(', ')}, or nothing`);
  return name;
}

/**
 * Sets the default backend. wasm and cpu stay registered, whichever is chosen.
 *
 * @param asked this one if it works, and none that is faster
 */
export async function chooseBackend(searchFrom: readonly string[], asked = askedBackend()): Promise<void> {
  cpuBackend();
  fillKernels('wasm');
  const wasm = await startWasm();
  const failures: string[] = [];
  for (const name of BACKENDS.slice(asked === undefined ? 0 : BACKENDS.indexOf(asked))) {
    const tried = await attempt(name);
    if (tried.ok) {
      sentence = [`tfjs ${tf.version.tfjs} on ${tried.what}`, ...failures].join('; ');
      return;
    }
    if (tried.worthSaying) failures.push(`${name} did not start: ${tried.reason}`);
  }
  throw new Error(`tfjs computes on no backend here: ${failures.join('; ')}`);

  async function attempt(name: BackendName): Promise<Attempt> {
    if (name === 'cpu') return started(name, 'the cpu backend');
    if (name === 'wasm') return wasm.ok ? started(name, `the wasm backend (${wasm.simd ? 'SIMD' : 'no SIMD'})`) : failed(wasm.reason);
    const native = loadTfjsNode(searchFrom);
    if (!native.ok) return { ...failed(native.reason), worthSaying: native.installed || asked === 'tensorflow' };
    fillKernels('tensorflow');
    return started(name, `tfjs-node ${native.version} (TensorFlow ${native.tensorflow})`);
  }
}

type Attempt = { ok: true; what: string } | { ok: false; reason: string; worthSaying: boolean };

const failed = (reason: string): Attempt & { ok: false } => ({ ok: false, reason, worthSaying: true });

/** A backend may load and still not compute: ask it once. */
async function started(name: BackendName, what: string): Promise<Attempt> {
  try {
    if (!(await tf.setBackend(name))) return failed('tfjs could not initialise it');
    const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 4])).dataSync()[0]);
    return sum === 7 ? { ok: true, what } : failed(`it says that 1 + 2 + 4 = ${sum}`);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
