/** Which backend computes: tfjs-node where it loads and sums, else wasm, else cpu. */
import type { EventEmitter } from 'node:events';
import '@tensorflow/tfjs-backend-wasm';
import { cpuBackend, type WasmBackend } from './backends.js';
import { tf } from './tfjs.js';
import { loadTfjsNode } from './tfjs-node.js';
import { fillWasmKernels, readComplexFromWasm } from './wasm-fallback.js';

let sentence = '';

/** `tfjs 4.22.0 on the wasm backend (SIMD)`: the choice that was made when the module was loaded. */
export const backendSentence = (): string => sentence;

/** Sets the default backend. wasm and cpu stay registered, whichever is chosen. */
export async function chooseBackend(searchFrom: readonly string[]): Promise<void> {
  cpuBackend();
  fillWasmKernels();
  const wasm = await startWasm();
  const native = loadTfjsNode(searchFrom);
  if (native.ok && (await tf.setBackend('tensorflow')) && sumsRight()) {
    sentence = `tfjs ${tf.version.tfjs} on tfjs-node ${native.version} (TensorFlow ${native.tensorflow})`;
  } else if (wasm.ok && (await tf.setBackend('wasm')) && sumsRight()) {
    sentence = `tfjs ${tf.version.tfjs} on the wasm backend (${wasm.simd ? 'SIMD' : 'no SIMD'})`;
  } else {
    await tf.setBackend('cpu');
    sentence = `tfjs ${tf.version.tfjs} on the cpu backend (wasm did not start${wasm.ok ? '' : `: ${wasm.reason}`})`;
  }
}

type WasmStart = { ok: true; simd: boolean } | { ok: false; reason: string };

async function startWasm(): Promise<WasmStart> {
  const emitter: EventEmitter = process;
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => new Set(emitter.rawListeners(event)));
  try {
    if (!(await tf.setBackend('wasm'))) return { ok: false, reason: 'tfjs could not initialise it' };
    // SAFETY: setBackend('wasm') succeeded, so the current backend is BackendWasm.
    readComplexFromWasm(tf.backend() as unknown as WasmBackend);
    return { ok: true, simd: (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    // Emscripten's start-up code rethrows every unhandled rejection of the process; that is not its business.
    events.forEach((event, i) => {
      const added = emitter.rawListeners(event).filter((listener) => !before[i]?.has(listener));
      // SAFETY: what rawListeners lists is what removeListener takes; only their declared types differ.
      for (const listener of added) emitter.removeListener(event, listener as (...args: unknown[]) => void);
    });
  }
}

/** A backend may load and still not compute (tfjs-node on Node 23 and later, unpatched): ask it once. */
function sumsRight(): boolean {
  try {
    return tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 4])).dataSync()[0] === 7);
  } catch {
    return false;
  }
}
