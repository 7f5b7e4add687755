/** How kernels of our own reach the values of tensors, and hand theirs back. */
import { types } from 'node:util';
import type { TensorInfo } from '@tensorflow/tfjs';
import type { BackendValues, CpuBackend, WasmBackend } from '../tf/backends.js';

export interface WritingBackend {
  readSync(id: TensorInfo['dataId']): BackendValues;
  write(values: Float32Array, shape: number[], dtype: 'float32'): TensorInfo['dataId'];
}

export type Reader = (backend: WritingBackend, infos: readonly TensorInfo[]) => BackendValues[];

/** The values of tensors, by name of the backend; on cpu and wasm without a copy, so they hold only until the next allocation. */
export const READERS: Readonly<Record<string, Reader>> = {
  cpu: (backend, infos) => {
    // SAFETY: registered for 'cpu'.
    const cpu = backend as unknown as CpuBackend;
    return infos.map(({ dataId, dtype }) => asDeclared(cpu.data.get(dataId).values ?? cpu.readSync(dataId), dtype));
  },
  wasm: (backend, infos) => {
    // SAFETY: registered for 'wasm'.
    const wasm = backend as unknown as WasmBackend;
    // A tensor of another backend moves here when it is first asked for, which may grow the heap and detach earlier views.
    for (const { dataId } of infos) wasm.dataIdMap.get(dataId);
    return infos.map((info) => wasm.typedArrayFromHeap(info));
  },
  tensorflow: (backend, infos) => {
    // SAFETY: registered for 'tensorflow', whose readSync does not move tensors of another backend here; its map does.
    const { tensorMap } = backend as unknown as { tensorMap: { get(id: TensorInfo['dataId']): unknown } };
    return infos.map(({ dataId }) => {
      tensorMap.get(dataId);
      return backend.readSync(dataId);
    });
  },
};

/** The cpu backend casts int32 and bool to float32 by another label on the same numbers. */
function asDeclared(values: BackendValues, dtype: string): BackendValues {
  return dtype === 'float32' && (types.isInt32Array(values) || types.isUint8Array(values)) ? Float32Array.from(values) : values;
}
