/** Starts the wasm backend; it is the current one then. */
import type { EventEmitter } from 'node:events';
import type { BackendValues, WasmBackend } from './backends.js';
import { tf } from './tfjs.js';

export type WasmStart = { ok: true; simd: boolean } | { ok: false; reason: string };

export async function startWasm(): Promise<WasmStart> {
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

/** Teaches a wasm backend to read complex64, which it stores as pairs of float32 but refuses to hand out. */
function readComplexFromWasm(wasm: WasmBackend): void {
  const readSync = wasm.readSync.bind(wasm);
  wasm.readSync = (id, start, end): BackendValues => {
    const { dtype, memoryOffset, shape } = wasm.dataIdMap.get(id);
    if (dtype !== 'complex64') return readSync(id, start, end);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const bytes = wasm.wasm.HEAPU8.slice(memoryOffset + 8 * (start ?? 0), memoryOffset + 8 * (end ?? size));
    return new Float32Array(bytes.buffer);
  };
}
