/**
 * Kernels that a backend of tfjs 4.22 lacks. wasm has none of the filter gradient of conv2d, both gradients of the depthwise
 * convolution, that of gather (UnsortedSegmentSum), FFT, einsum…; tensorflow lacks those of ragged, sparse and string
 * tensors. Each kernel that cpu has and the backend lacks is registered for it as a call of the cpu kernel: values are
 * copied over, and the result is copied back.
 */
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import { cpuBackend, type CopyingBackend, type CpuBackend, type KernelFunc } from './backends.js';
import { tf } from './tfjs.js';

/** Registers the missing kernels; returns their names. Calling it again finds none. */
export function fillKernels(backendName: 'wasm' | 'tensorflow'): string[] {
  const present = new Set(tf.getKernelsForBackend(backendName).map(({ kernelName }) => kernelName));
  const missing = tf.getKernelsForBackend('cpu').filter(({ kernelName }) => !present.has(kernelName));
  for (const { kernelName, kernelFunc } of missing) tf.registerKernel({ kernelName, backendName, kernelFunc: onCpu(kernelFunc) });
  return missing.map(({ kernelName }) => kernelName);
}

function onCpu(cpuKernel: KernelFunc): KernelFunc {
  return ({ inputs, attrs, backend: anyBackend }) => {
    // SAFETY: tfjs hands a kernel the backend that it was registered for: wasm's or tensorflow's.
    const backend = anyBackend as unknown as CopyingBackend;
    const cpu = cpuBackend();
    // Some kernels (einsum, ragged gather) take an array of inputs and look at its length.
    const copies: NamedTensorInfoMap = Object.assign(Array.isArray(inputs) ? [] : {}, inputs);
    for (const [name, info] of Object.entries(inputs)) if (info) copies[name] = toCpu(cpu, backend, info);
    const result = cpuKernel({ inputs: copies, backend: cpu, ...(attrs && { attrs }) });
    const back = ({ shape, dtype, dataId }: TensorInfo): TensorInfo => ({ shape, dtype, dataId: backend.write(cpu.readSync(dataId), shape, dtype) });
    const answer = Array.isArray(result) ? result.map(back) : back(result);
    for (const info of [...Object.values(copies), result].flat()) if (info) cpu.disposeIntermediateTensorInfo(info);
    return answer;
  };
}

function toCpu(cpu: CpuBackend, backend: CopyingBackend, info: TensorInfo): TensorInfo {
  // A tensor of another backend moves here when this map is asked for it; tensorflow's readSync alone does not ask.
  backend.tensorMap?.get(info.dataId);
  const values = backend.readSync(info.dataId);
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
