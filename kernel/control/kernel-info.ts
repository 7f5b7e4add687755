import { JUPYTER_PROTOCOL_VERSION, type KernelInfoReply } from '../protocol/messages.js';
import { COMPILER_VERSION } from '../protocol/version.js';

export function kernelInfo(version: string): KernelInfoReply {
  return {
    status: 'ok',
    protocol_version: JUPYTER_PROTOCOL_VERSION,
    implementation: 'patchbay',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: COMPILER_VERSION,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script',
    },
    banner: `Patchbay ${version}: TypeScript on Node ${process.versions.node}`,
    help_links: [
      { text: 'Patchbay', url: 'https://github.com/patchbay-notebooks/patchbay#readme' },
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'TensorFlow.js', url: 'https://js.tensorflow.org/api/latest/' },
      { text: 'Node.js', url: `https://nodejs.org/docs/latest-v${process.versions.node.split('.')[0]}.x/api/` },
    ],
    supported_features: [],
  };
}
