/** What the runtime uses of tfjs's backends beyond their public types. */
import type { DataType, KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { tf } from './tfjs.js';

export type BackendValues = Float32Array | Int32Array | Uint8Array | Uint8Array[];
export type DataId = TensorInfo['dataId'];

/** The members of `MathBackendCPU` (tfjs-backend-cpu 4.22) that are used here. */
export interface CpuBackend {
  firstUse: boolean;
  data: { get(id: DataId): { values: BackendValues | undefined } };
  makeTensorInfo(shape: number[], dtype: DataType, values?: BackendValues): TensorInfo;
  readSync(id: DataId): BackendValues;
  disposeIntermediateTensorInfo(info: TensorInfo): void;
}

/** What every backend has to copy values; `tensorMap` is that of `NodeJSKernelBackend` (tfjs-node 4.22) alone. */
export interface CopyingBackend {
  readSync(id: DataId): BackendValues;
  write(values: BackendValues, shape: number[], dtype: DataType): DataId;
  readonly tensorMap?: { get(id: DataId): unknown };
}

/** The members of `BackendWasm` (tfjs-backend-wasm 4.22) that are used here. */
export interface WasmBackend {
  wasm: { HEAPU8: Uint8Array };
  dataIdMap: { get(id: DataId): { memoryOffset: number; shape: number[]; dtype: DataType } };
  readSync(id: DataId, start?: number, end?: number): BackendValues;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

export type KernelFunc = KernelConfig['kernelFunc'];

/** The cpu backend, built at the first call; its "install our node backend" banner stays silent. */
export function cpuBackend(): CpuBackend {
  // SAFETY: tfjs registers MathBackendCPU under this name when it is imported, and builds it synchronously.
  const backend = tf.findBackend('cpu') as unknown as CpuBackend;
  backend.firstUse = false;
  return backend;
}
