/**
 * The kernelspec, as Jupyter reads it.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
import { JUPYTER_PROTOCOL_VERSION } from '../../protocol/messages.js';

export const KERNEL_NAME = 'patchbay';

export interface KernelJson {
  /** What Jupyter starts; `{connection_file}` in it is replaced. */
  readonly command: readonly string[];
  readonly version: string;
  /** The folder of the npm package: tfjs-node beside it is found from there. */
  readonly packageFolder: string;
}

export function kernelJson({ command, version, packageFolder }: KernelJson): object {
  return {
    argv: [...command, '--connection-file', '{connection_file}'],
    display_name: 'TypeScript (Patchbay)',
    language: 'typescript',
    // A signal reaches no loop in JavaScript; a message to the control thread does.
    interrupt_mode: 'message',
    kernel_protocol_version: JUPYTER_PROTOCOL_VERSION,
    env: { PATCHBAY_PACKAGE: packageFolder },
    metadata: { debugger: false, patchbay_version: version },
  };
}
