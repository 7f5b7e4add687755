/** Who can be measured. Each is a process of its own, named here with what its environment says: nothing is left to what is installed. */
export type SubjectName = 'patchbay' | 'tfjs-cpu' | 'tfjs-wasm' | 'tfjs-node' | 'keras' | 'torch';

export interface Subject {
  readonly name: SubjectName;
  readonly runs: 'node' | 'python';
  /** The backend of tfjs. */
  readonly backend?: 'cpu' | 'wasm' | 'tensorflow';
}

export const SUBJECTS: readonly Subject[] = [
  { name: 'patchbay', runs: 'node', backend: 'wasm' },
  { name: 'tfjs-cpu', runs: 'node', backend: 'cpu' },
  { name: 'tfjs-wasm', runs: 'node', backend: 'wasm' },
  { name: 'tfjs-node', runs: 'node', backend: 'tensorflow' },
  { name: 'keras', runs: 'python' },
  { name: 'torch', runs: 'python' },
];

/** One thread for every library that reads such a variable: what is compared is work, not cores. */
const ONE_THREAD = ['OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS'];

export function environmentOf({ backend }: Subject): Record<string, string> {
  return {
    ...Object.fromEntries(ONE_THREAD.map((name) => [name, '1'])),
    ...(backend === undefined ? {} : { PATCHBAY_BACKEND: backend }),
    // Before Keras and TensorFlow speak of processors on their standard error.
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '',
    // XLA of JAX has no variable of its own for one thread.
    XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
  };
}
