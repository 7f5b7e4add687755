/** The kernels that global-setup.mjs has installed, one for each Node. */
import fs from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';

export interface InstalledKernel {
  readonly label: string;
  /** For JUPYTER_PATH: holds kernels/patchbay. */
  readonly jupyterPath: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly jupyterKernels: readonly InstalledKernel[];
  }
}

export const KERNELS = inject('jupyterKernels');

export interface KernelJson {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: string;
  readonly env: Readonly<Record<string, string>>;
}

export const specFolder = ({ jupyterPath }: InstalledKernel): string => path.join(jupyterPath, 'kernels', 'patchbay');

export const readSpec = (kernel: InstalledKernel): KernelJson => JSON.parse(fs.readFileSync(path.join(specFolder(kernel), 'kernel.json'), 'utf8')) as KernelJson;
