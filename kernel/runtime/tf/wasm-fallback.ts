/**
 * The wasm backend of tfjs 4.22 lacks kernels that training needs: the filter gradient of conv2d, both gradients of the
 * depthwise convolution, that of gather (UnsortedSegmentSum), FFT, einsum… Each kernel that cpu has and wasm lacks is
 * registered for wasm as a call of the cpu kernel: values are copied over, and the result is copied back.
 */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import { cpuBackend, type BackendValues, type CpuBackend, type KernelFunc, type WasmBackend } from './backends.js';
import { tf } from './tfjs.js';

/** Registers the missing kernels; returns their names. Calling it again finds none. */
export function fillWasmKernels(): string[] {
  const present = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName));
  const missing = tf.getKernelsForBackend('cpu').filter(({ kernelName }) => !present.has(kernelName));
  for (const { kernelName, kernelFunc } of missing) {
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: onCpu(kernelFunc) });
  }
  return missing.map(({ kernelName }) => kernelName);
}

function onCpu(cpuKernel: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    // SAFETY: tfjs hands a kernel registered for wasm the wasm backend.
    const wasm = backend as unknown as WasmBackend;
    const cpu = cpuBackend();
    // Some kernels (einsum, ragged gather) take an array of inputs and look at its length.
    const copies: NamedTensorInfoMap = Object.assign(Array.isArray(inputs) ? [] : {}, inputs);
    for (const [name, info] of Object.entries(inputs)) if (info) copies[name] = toCpu(cpu, wasm, info);
    const result = cpuKernel({ inputs: copies, backend: cpu, ...(attrs && { attrs }) });
    const toWasm = ({ shape, dtype, dataId }: TensorInfo) => wasm.makeOutput(shape, dtype, undefined, cpu.readSync(dataId));
    const answer = Array.isArray(result) ? result.map(toWasm) : toWasm(result);
    for (const info of [...Object.values(copies), result].flat()) if (info) cpu.disposeIntermediateTensorInfo(info);
    return answer;
  };
}

function toCpu(cpu: CpuBackend, wasm: WasmBackend, info: TensorInfo): TensorInfo {
  const values = wasm.readSync(info.dataId);
  if (info.dtype !== 'complex64') return cpu.makeTensorInfo(info.shape, info.dtype, values);
  const real = new Float32Array(values.length / 2);
  const imag = new Float32Array(values.length / 2);
  for (let i = 0; i < real.length; i++) {
    real[i] = Number(values[2 * i]);
    imag[i] = Number(values[2 * i + 1]);
  }
  const parts = { real: cpu.makeTensorInfo(info.shape, 'float32', real), imag: cpu.makeTensorInfo(info.shape, 'float32', imag) };
  const complex = tf.getKernel('Complex', 'cpu').kernelFunc({ inputs: parts, backend: cpu });
  for (const part of Object.values(parts)) cpu.disposeIntermediateTensorInfo(part);
  if (Array.isArray(complex)) throw new Error('the cpu kernel Complex returned several tensors');
  return complex;
}

/** Teaches a wasm backend to read complex64, which it stores as pairs of float32 but refuses to hand out. */
export function readComplexFromWasm(wasm: WasmBackend): void {
  const readSync = wasm.readSync.bind(wasm);
  wasm.readSync = (id, start, end): BackendValues => {
    const { dtype, memoryOffset, shape } = wasm.dataIdMap.get(id);
    if (dtype !== 'complex64') return readSync(id, start, end);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const bytes = wasm.wasm.HEAPU8.slice(memoryOffset + 8 * (start ?? 0), memoryOffset + 8 * (end ?? size));
    return new Float32Array(bytes.buffer);
  };
}
